/**
 * The command line: one class per command. {@link io.unroll.driver.cli.Unroll#main} parses, builds
 * the configuration and calls; nothing else ends the JVM, but a second interrupt.
 */
package io.unroll.driver.cli;
