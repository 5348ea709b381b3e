/**
 * The run directory of one training, on any Hadoop file system: its lock, checkpoints, best model,
 * metrics, samples and report. Lives on the driver. Nothing here trusts that a rename is atomic or
 * that a file which is there is whole.
 */
package io.unroll.driver.run;
