/**
 * Models between Unroll and Deeplearning4j: {@link io.unroll.driver.dl4j.NetworkMapping} says which
 * networks compute what Unroll's models compute, and turns the parameters of one into those of the
 * other. Everything else is refused with a message that names layer and option. Lives on the
 * driver.
 */
package io.unroll.driver.dl4j;
