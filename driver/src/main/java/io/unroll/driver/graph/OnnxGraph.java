package io.unroll.driver.graph;

import io.unroll.driver.protobuf.ProtocolBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A graph of ONNX's standard operators (opset 17) that is put together: values are named, and nodes
 * compute them from each other. Numbers of fields are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxGraph {
  private static final int OPSET = 17;

  /** The one that opset 17 came with. */
  private static final int IR_VERSION = 8;

  private final ProtocolBuffer graph = new ProtocolBuffer();
  private int named;

  /** What the elements of a value are. */
  enum Element {
    FLOAT(1),
    INT32(6),
    INT64(7);

    private final int code;

    Element(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** An attribute of a node. */
  record Attribute(ProtocolBuffer encoded) {
    private static final int NAME = 1;
    private static final int INTEGER = 3;
    private static final int TEXT = 4;
    private static final int INTEGERS = 8;
    private static final int TYPE = 20;

    private static ProtocolBuffer named(String name, int type) {
      return new ProtocolBuffer().text(NAME, name).integer(TYPE, type);
    }

    static Attribute of(String name, long value) {
      return new Attribute(named(name, 2).integer(INTEGER, value));
    }

    static Attribute of(String name, String value) {
      return new Attribute(named(name, 3).text(TEXT, value));
    }

    static Attribute list(String name, long... values) {
      ProtocolBuffer encoded = named(name, 7);
      Arrays.stream(values).forEach(value -> encoded.integer(INTEGERS, value));
      return new Attribute(encoded);
    }
  }

  /**
   * Declares what is read.
   *
   * @param shape numbers, or names of sizes that are told by what is given
   */
  String input(String name, Element element, Object... shape) {
    graph.message(11, declared(name, element, shape));
    return name;
  }

  /** Declares what is computed. */
  void output(String name, Element element, Object... shape) {
    graph.message(12, declared(name, element, shape));
  }

  private static ProtocolBuffer declared(String name, Element element, Object... shape) {
    ProtocolBuffer dimensions = new ProtocolBuffer();
    for (Object size : shape) {
      dimensions.message(
          1,
          size instanceof Number number
              ? new ProtocolBuffer().integer(1, number.longValue())
              : new ProtocolBuffer().text(2, size.toString()));
    }
    ProtocolBuffer tensor = new ProtocolBuffer().integer(1, element.code()).message(2, dimensions);
    return new ProtocolBuffer().text(1, name).message(2, new ProtocolBuffer().message(1, tensor));
  }

  /** Keeps numbers in the file, row-major. */
  String floats(String name, float[] values, long... shape) {
    ByteBuffer raw = buffer(Math.multiplyExact(values.length, Float.BYTES));
    raw.asFloatBuffer().put(values);
    return tensor(name, Element.FLOAT, raw.array(), shape);
  }

  /** Keeps a single number in the file. */
  String scalar(long value) {
    return tensor(newName("scalar"), Element.INT64, buffer(Long.BYTES).putLong(value).array());
  }

  /** The same of a number of type float. */
  String scalar(float value) {
    return tensor(newName("scalar"), Element.FLOAT, buffer(Float.BYTES).putFloat(value).array());
  }

  /** Keeps a list of numbers in the file. */
  String integers(long... values) {
    ByteBuffer raw = buffer(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    return tensor(newName("list"), Element.INT64, raw.array(), values.length);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String tensor(String name, Element element, byte[] raw, long... shape) {
    ProtocolBuffer encoded = new ProtocolBuffer();
    Arrays.stream(shape).forEach(size -> encoded.integer(1, size));
    encoded.integer(2, element.code()).text(8, name).bytes(9, raw);
    graph.message(5, encoded);
    return name;
  }

  private String newName(String kind) {
    return kind + "_" + named++;
  }

  /** Adds a node; returns the name of what it computes. */
  String node(String operator, List<String> inputs, Attribute... attributes) {
    return nodes(operator, inputs, 1, attributes).get(0);
  }

  /** Adds a node that computes several values; returns their names. */
  List<String> nodes(String operator, List<String> inputs, int outputs, Attribute... attributes) {
    List<String> names = new ArrayList<>();
    for (int n = 0; n < outputs; n++) {
      names.add(newName(operator.toLowerCase(Locale.ROOT)));
    }
    add(operator, inputs, names, attributes);
    return names;
  }

  /** Gives a value the name of an output. */
  void rename(String value, String output) {
    add("Identity", List.of(value), List.of(output));
  }

  private void add(
      String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
    ProtocolBuffer node = new ProtocolBuffer();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, newName("node")).text(4, operator);
    Arrays.stream(attributes).forEach(attribute -> node.message(5, attribute.encoded()));
    graph.message(1, node);
  }

  /** The file. */
  byte[] encoded(String name) {
    graph.text(2, name);
    return new ProtocolBuffer()
        .integer(1, IR_VERSION)
        .text(2, "Unroll")
        .message(7, graph)
        .message(8, new ProtocolBuffer().text(1, "").integer(2, OPSET))
        .toByteArray();
  }
}
