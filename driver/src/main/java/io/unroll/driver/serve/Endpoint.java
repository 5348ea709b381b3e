package io.unroll.driver.serve;

import java.io.IOException;

/** What answers the requests of one path. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers one.
   *
   * @throws Refusal if it is not to be answered
   * @throws io.unroll.dataprep.DataException if the model cannot take what is asked
   * @throws IOException if the client is gone
   */
  void answer(Call call) throws IOException;
}
