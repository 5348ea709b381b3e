package io.unroll.driver.dl4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.driver.model.ForeignFormat;
import io.unroll.worker.format.FormatException;
import io.unroll.worker.layer.Cell;
import io.unroll.worker.model.LanguageArchitecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class Dl4jFormatTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  private final Dl4jFormat format = new Dl4jFormat();

  @ParameterizedTest
  @EnumSource
  void isReadByDeeplearning4jAndBack(Cell cell) throws IOException {
    LanguageArchitecture architecture = new LanguageArchitecture(cell, 7, 4, 5, 2, 0.25, false);
    NetworkMapping mapping = NetworkMapping.of(architecture);
    float[] network = Probabilities.parameters(mapping.networkSize(), 4);
    float[] model = mapping.toModel(network);
    byte[] zip = written(new ForeignFormat.Content(architecture, model));

    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip));
    int[][] tokens = Probabilities.tokens(9, 3, 7, 1);
    double[][] expected = Probabilities.ofModel(architecture, model, tokens);
    double[][] said = Probabilities.ofNetwork(restored, false, tokens);
    for (int t = 0; t < tokens.length; t++) {
      assertArrayEquals(expected[t], said[t], 1e-5, "step " + t);
    }

    ForeignFormat.Content read = read(zip);
    assertEquals(architecture, read.architecture());
    assertArrayEquals(model, read.parameters());
  }

  @Test
  void saysThatTiedWeightsAreThereTwice() {
    assertTrue(
        format
            .remark(new LanguageArchitecture(Cell.LSTM, 7, 5, 5, 1, 0, true))
            .orElseThrow()
            .startsWith("The tied weight is there twice"));
    assertTrue(format.remark(new LanguageArchitecture(Cell.LSTM, 7, 5, 5, 1, 0, false)).isEmpty());
  }

  @Test
  void readsWhatDeeplearning4jWroteWithTheStateOfAnUpdater() throws IOException {
    MultiLayerNetwork network = network();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, true);
    ForeignFormat.Content read = read(out.toByteArray());
    NetworkMapping mapping = NetworkMapping.of(network.getLayerWiseConfigurations());
    assertArrayEquals(
        network.params().toFloatVector(), mapping.toNetwork(read.parameters()), "parameters");
  }

  @Test
  void refusesWhatIsNoZip() {
    assertRefused(
        "text".getBytes(UTF_8),
        "it has no configuration.json (expected a zip of Deeplearning4j's ModelSerializer)");
  }

  @Test
  void refusesWhatIsCutOff() throws IOException {
    byte[] zip = written();
    for (int length = 0; length < zip.length - 1500; length += 97) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThrows(FormatException.class, () -> read(cut), "of " + length + " bytes");
    }
  }

  @Test
  void refusesNormalizers() throws IOException {
    Map<String, byte[]> entries = entries(written());
    entries.put("normalizer.bin", new byte[8]);
    assertRefused(zipped(entries), "it has normalizer.bin, which changes the network's input");
  }

  @Test
  void refusesGraphs() throws IOException {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("rnn", new LSTM.Builder().nIn(7).nOut(5).build(), "in")
                .addLayer("out", NetworkExamples.output().build(), "rnn")
                .setOutputs("out")
                .build());
    graph.init();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, out, false);
    assertRefused(
        out.toByteArray(),
        "cannot use configuration.json: it is of a ComputationGraph (expected a"
            + " MultiLayerNetwork)");
  }

  @Test
  void refusesDoubles() throws IOException {
    MultiLayerNetwork doubles = network().convertDataType(DataType.DOUBLE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(doubles, out, false);
    assertRefused(
        out.toByteArray(),
        "cannot use coefficients.bin: its dataType is DOUBLE (expected FLOAT;"
            + " MultiLayerNetwork.convertDataType makes such a network)");
  }

  @Test
  void refusesWhatTheMappingRefuses() throws IOException {
    Map<String, byte[]> entries = entries(written());
    String json = new String(entries.get(CONFIGURATION), UTF_8);
    entries.put(CONFIGURATION, json.replace("ActivationTanH", "ActivationReLU").getBytes(UTF_8));
    assertRefused(
        zipped(entries),
        "Cannot map the network: layer 1 (name rnn0, LSTM): activation is ActivationReLU (expected"
            + " tanh)");
  }

  /** A reader that takes the first name and one that takes the last would differ. */
  @Test
  void refusesAClassNamedTwice() throws IOException {
    Map<String, byte[]> entries = entries(written());
    String json = new String(entries.get(CONFIGURATION), UTF_8);
    entries.put(
        CONFIGURATION,
        json.replaceFirst("(\"@class\" *: *)", "$1\"com.example.Other\", $1").getBytes(UTF_8));
    assertRefused(zipped(entries), "cannot use configuration.json: Duplicate field '@class'");
  }

  @Test
  void refusesClassesThatAreNotDeeplearning4js() throws IOException {
    Map<String, byte[]> entries = entries(written());
    String json = new String(entries.get(CONFIGURATION), UTF_8);
    entries.put(
        CONFIGURATION,
        json.replace("org.deeplearning4j.nn.conf.layers.LSTM", "com.example.Other")
            .getBytes(UTF_8));
    assertRefused(
        zipped(entries),
        "cannot use configuration.json: it names the class com.example.Other, which is not"
            + " Deeplearning4j's");
  }

  @Test
  void refusesConfigurationsThatAreNone() throws IOException {
    Map<String, byte[]> entries = entries(written());
    entries.put(CONFIGURATION, "{}".getBytes(UTF_8));
    assertRefused(
        zipped(entries),
        "cannot use configuration.json: it has no list confs (expected a MultiLayerNetwork)");
    entries.put(CONFIGURATION, "{\"confs\":[{}]}".getBytes(UTF_8));
    assertThrows(FormatException.class, () -> read(zipped(entries)));
    entries.put(CONFIGURATION, "[".repeat(100_000).getBytes(UTF_8));
    assertThrows(FormatException.class, () -> read(zipped(entries)));
  }

  @Test
  void refusesAnotherNumberOfParameters() throws IOException {
    Map<String, byte[]> entries = entries(written());
    entries.put(
        COEFFICIENTS,
        entries(written(new LanguageArchitecture(Cell.RNN, 7, 4, 5, 1, 0, false)))
            .get(COEFFICIENTS));
    assertRefused(
        zipped(entries),
        "coefficients.bin has 120 parameters, but the layers of configuration.json have 270");
  }

  @Test
  void takesNoMemoryForWhatIsOnlyClaimed() throws IOException {
    Map<String, byte[]> entries =
        entries(written(new LanguageArchitecture(Cell.RNN, 7, 4, 5, 1, 0, false)));
    byte[] claiming = entries.get(COEFFICIENTS);
    for (int k = 0; k + 8 <= claiming.length; k++) {
      if (Arrays.equals(claiming, k, k + 8, new byte[] {0, 0, 0, 0, 0, 0, 0, 120}, 0, 8)) {
        claiming[k + 4] = 0x7f;
      }
    }
    entries.put(COEFFICIENTS, claiming);
    assertRefused(
        zipped(entries),
        "cannot use coefficients.bin: it claims 2130706552 elements, far more than the file can"
            + " hold");
  }

  private void assertRefused(byte[] zip, String why) {
    Throwable refusal = assertThrows(FormatException.class, () -> read(zip));
    assertEquals("Cannot read model.zip: " + why, refusal.getMessage());
  }

  private ForeignFormat.Content read(byte[] zip) throws IOException {
    return format.read(new ByteArrayInputStream(zip), zip.length, "model.zip");
  }

  private byte[] written() throws IOException {
    return written(new LanguageArchitecture(Cell.LSTM, 7, 4, 5, 1, 0, false));
  }

  private byte[] written(LanguageArchitecture architecture) throws IOException {
    int size = NetworkMapping.of(architecture).modelSize();
    return written(new ForeignFormat.Content(architecture, Probabilities.parameters(size, 1)));
  }

  private byte[] written(ForeignFormat.Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(content, out);
    return out.toByteArray();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(NetworkExamples.network("lstm", 1, true).build());
    network.init();
    return network;
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      entries.put(entry.getName(), in.readAllBytes());
    }
    return entries;
  }

  private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }
}
