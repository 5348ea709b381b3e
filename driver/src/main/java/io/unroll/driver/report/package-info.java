/**
 * What people and machines see of a run: its events ({@link io.unroll.driver.report.RunEvent}) as
 * progress lines, lines of {@code metrics.jsonl}, TensorBoard records, and one HTML page.
 *
 * <p>Nothing here knows Spark, opens files or keeps time: callers bring streams, events and clocks.
 */
package io.unroll.driver.report;
