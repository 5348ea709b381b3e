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
 * compute them from each other.
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
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;

    private static ProtocolBuffer named(String name, int type) {
      return new ProtocolBuffer()
          .text(OnnxFields.ATTRIBUTE_NAME, name)
          .integer(OnnxFields.ATTRIBUTE_TYPE, type);
    }

    static Attribute of(String name, long value) {
      return new Attribute(named(name, INT).integer(OnnxFields.ATTRIBUTE_I, value));
    }

    static Attribute of(String name, String value) {
      return new Attribute(named(name, STRING).text(OnnxFields.ATTRIBUTE_S, value));
    }

    static Attribute list(String name, long... values) {
      ProtocolBuffer encoded = named(name, INTS);
      Arrays.stream(values).forEach(value -> encoded.integer(OnnxFields.ATTRIBUTE_INTS, value));
      return new Attribute(encoded);
    }
  }

  /**
   * Declares what is read.
   *
   * @param shape numbers, or names of sizes that are told by what is given
   */
  String input(String name, Element element, Object... shape) {
    graph.message(OnnxFields.GRAPH_INPUT, declared(name, element, shape));
    return name;
  }

  /** Declares what is computed. */
  void output(String name, Element element, Object... shape) {
    graph.message(OnnxFields.GRAPH_OUTPUT, declared(name, element, shape));
  }

  private static ProtocolBuffer declared(String name, Element element, Object... shape) {
    ProtocolBuffer dimensions = new ProtocolBuffer();
    for (Object size : shape) {
      dimensions.message(OnnxFields.SHAPE_DIM, dimension(size));
    }
    ProtocolBuffer tensor =
        new ProtocolBuffer()
            .integer(OnnxFields.TENSOR_TYPE_ELEM_TYPE, element.code())
            .message(OnnxFields.TENSOR_TYPE_SHAPE, dimensions);
    ProtocolBuffer type = new ProtocolBuffer().message(OnnxFields.TYPE_TENSOR_TYPE, tensor);
    return new ProtocolBuffer()
        .text(OnnxFields.VALUE_INFO_NAME, name)
        .message(OnnxFields.VALUE_INFO_TYPE, type);
  }

  private static ProtocolBuffer dimension(Object size) {
    return size instanceof Number number
        ? new ProtocolBuffer().integer(OnnxFields.DIMENSION_DIM_VALUE, number.longValue())
        : new ProtocolBuffer().text(OnnxFields.DIMENSION_DIM_PARAM, size.toString());
  }

  /** Keeps numbers in the file, row-major. */
  String floats(String name, float[] values, long... shape) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    over(raw).asFloatBuffer().put(values);
    return tensor(name, Element.FLOAT, raw, shape);
  }

  /** Keeps a single number in the file. */
  String scalar(long value) {
    byte[] raw = new byte[Long.BYTES];
    over(raw).putLong(value);
    return tensor(newName("scalar"), Element.INT64, raw);
  }

  /** The same of a number of type float. */
  String scalar(float value) {
    return floats(newName("scalar"), new float[] {value});
  }

  /** Keeps a list of numbers in the file. */
  String integers(long... values) {
    byte[] raw = new byte[values.length * Long.BYTES];
    over(raw).asLongBuffer().put(values);
    return tensor(newName("list"), Element.INT64, raw, values.length);
  }

  private static ByteBuffer over(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String tensor(String name, Element element, byte[] raw, long... shape) {
    ProtocolBuffer encoded = new ProtocolBuffer();
    Arrays.stream(shape).forEach(size -> encoded.integer(OnnxFields.TENSOR_DIMS, size));
    encoded
        .integer(OnnxFields.TENSOR_DATA_TYPE, element.code())
        .text(OnnxFields.TENSOR_NAME, name)
        .bytes(OnnxFields.TENSOR_RAW_DATA, raw);
    graph.message(OnnxFields.GRAPH_INITIALIZER, encoded);
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
    inputs.forEach(input -> node.text(OnnxFields.NODE_INPUT, input));
    outputs.forEach(output -> node.text(OnnxFields.NODE_OUTPUT, output));
    node.text(OnnxFields.NODE_NAME, newName("node")).text(OnnxFields.NODE_OP_TYPE, operator);
    Arrays.stream(attributes)
        .forEach(attribute -> node.message(OnnxFields.NODE_ATTRIBUTE, attribute.encoded()));
    graph.message(OnnxFields.GRAPH_NODE, node);
  }

  /** The file. */
  byte[] encoded(String name) {
    graph.text(OnnxFields.GRAPH_NAME, name);
    ProtocolBuffer operators =
        new ProtocolBuffer()
            .text(OnnxFields.OPERATOR_SET_DOMAIN, "")
            .integer(OnnxFields.OPERATOR_SET_VERSION, OPSET);
    return new ProtocolBuffer()
        .integer(OnnxFields.MODEL_IR_VERSION, IR_VERSION)
        .text(OnnxFields.MODEL_PRODUCER_NAME, "Unroll")
        .message(OnnxFields.MODEL_GRAPH, graph)
        .message(OnnxFields.MODEL_OPSET_IMPORT, operators)
        .toByteArray();
  }
}
