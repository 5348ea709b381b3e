package io.unroll.driver.dl4j;

/**
 * A network that Unroll's models cannot express exactly. The message is complete for the user: the
 * layer, the option, its value, and what is accepted.
 */
public final class UnmappableNetworkException extends IllegalArgumentException {
  UnmappableNetworkException(String why) {
    super("Cannot map the network: " + why);
  }
}
