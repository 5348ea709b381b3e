package io.unroll.driver.transfer;

import java.io.IOException;

/**
 * What arrived from another task, or from the driver, is not what was sent. A task that meets it
 * fails. The message is complete for the user.
 */
public final class DamagedTransferException extends IOException {
  /**
   * @param found how it was noticed
   */
  public DamagedTransferException(String found) {
    super(
        "data between two tasks were changed on their way (%s): a disk, a network or the memory of a machine is faulty. A run goes on from its last checkpoint with the same command"
            .formatted(found));
  }
}
