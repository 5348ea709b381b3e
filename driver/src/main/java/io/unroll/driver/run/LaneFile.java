package io.unroll.driver.run;

import java.io.Serializable;

/**
 * A file below the run directory in which a lane keeps its optimiser state.
 *
 * @param path below the run directory
 * @param hash what the file must be
 */
public record LaneFile(String path, FileHash hash) implements Serializable {}
