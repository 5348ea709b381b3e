package io.unroll.driver.dl4j;

import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Asks one thing after the other of a layer; what does not hold becomes a message that names the
 * layer by index, name and type.
 *
 * @param index position in the network, from 0
 */
record LayerCheck(int index, Layer layer) {
  /** Refuses the layer unless the value is the accepted one. */
  void require(boolean holds, String option, Object value, String accepted) {
    if (!holds) {
      throw refusal("%s is %s (expected %s)".formatted(option, value, accepted));
    }
  }

  /**
   * Refuses an object, such as an activation, of another class than those accepted. Subclasses are
   * others: nobody knows what they compute.
   */
  void requireType(String option, Object value, String accepted, List<Class<?>> types) {
    boolean holds = value != null && types.contains(value.getClass());
    require(holds, option, value == null ? "not set" : value.getClass().getSimpleName(), accepted);
  }

  /** A size that an array can have. */
  int size(String option, long value) {
    require(value > 0 && value <= Integer.MAX_VALUE, option, value, "1 to 2^31 - 1");
    return (int) value;
  }

  UnmappableNetworkException refusal(String why) {
    return new UnmappableNetworkException(
        String.format(
            Locale.ROOT,
            "layer %d (name %s, %s): %s",
            index,
            layer.getLayerName(),
            layer.getClass().getSimpleName(),
            why));
  }
}
