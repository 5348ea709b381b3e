/**
 * A GRU layer for Deeplearning4j, which has none: configuration, parameters, and the layer itself.
 * Depends on nothing but Deeplearning4j, so that a service needs no more of Unroll than this
 * package to load a network that has it.
 */
package io.unroll.driver.dl4j.gru;
