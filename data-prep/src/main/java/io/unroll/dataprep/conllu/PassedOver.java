package io.unroll.dataprep.conllu;

import java.io.Serializable;

/**
 * Lines that are no words of their own.
 *
 * @param ranges such as {@code 8-9}, whose words follow
 * @param emptyNodes such as {@code 8.1}, which nobody wrote
 */
record PassedOver(long ranges, long emptyNodes) implements Serializable {
  PassedOver plus(PassedOver other) {
    return new PassedOver(ranges + other.ranges, emptyNodes + other.emptyNodes);
  }
}
