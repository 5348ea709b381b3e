package io.unroll.driver.report;

import io.unroll.driver.protobuf.ProtocolBuffer;
import io.unroll.worker.train.Histogram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Writes events as TensorBoard reads them: one file per start of a run, a sequence of <a
 * href="https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details">TFRecords</a>,
 * each an {@code Event} of <a
 * href="https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto">event.proto</a>.
 * TensorBoard's step is the round. A resumed run writes a further file into the same directory; its
 * first record makes TensorBoard forget what the killed run had told of later rounds.
 *
 * <p>Every event is flushed, so that a watching TensorBoard sees it.
 */
public final class TensorBoardEvents implements RunListener {
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SESSION_LOG_STATUS = 1;
  private static final int SESSION_LOG_START = 1;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;
  private static final int VALUE_HISTOGRAM = 5;
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;
  private static final int METADATA_PLUGIN_DATA = 1;
  private static final int PLUGIN_DATA_NAME = 1;
  private static final int TENSOR_TYPE = 1;
  private static final int TENSOR_TYPE_STRING = 7;
  private static final int TENSOR_SHAPE = 2;
  private static final int TENSOR_STRINGS = 8;
  private static final int SHAPE_DIMENSION = 2;
  private static final int DIMENSION_SIZE = 1;
  private static final int HISTOGRAM_MIN = 1;
  private static final int HISTOGRAM_MAX = 2;
  private static final int HISTOGRAM_COUNT = 3;
  private static final int HISTOGRAM_SUM = 4;
  private static final int HISTOGRAM_SQUARES = 5;
  private static final int HISTOGRAM_LIMITS = 6;
  private static final int HISTOGRAM_COUNTS = 7;

  /** Added to a rotated checksum, as TFRecord asks, so that checksums of checksums stay useful. */
  private static final int CRC_MASK = 0xa282ead8;

  private final OutputStream out;
  private final InstantSource clock;
  private final TokenUnit unit;

  /** Creates a file in the directory of events. */
  @FunctionalInterface
  public interface FileCreator {
    OutputStream create(String name) throws IOException;
  }

  private TensorBoardEvents(OutputStream out, InstantSource clock, TokenUnit unit) {
    this.out = out;
    this.clock = clock;
    this.unit = unit;
  }

  /**
   * Begins a file, named after the time.
   *
   * @param directory creates the file, new or over an old one
   * @param clock times of the events
   * @param unit decides between perplexity and bits per character
   * @param firstRound first round that will be told: 0 for a new run
   */
  public static TensorBoardEvents open(
      FileCreator directory, InstantSource clock, TokenUnit unit, int firstRound)
      throws IOException {
    var events = new TensorBoardEvents(directory.create(name(clock.instant())), clock, unit);
    events.record(events.event(0).text(EVENT_FILE_VERSION, "brain.Event:2"));
    events.record(
        events
            .event(firstRound)
            .message(
                EVENT_SESSION_LOG,
                new ProtocolBuffer().integer(SESSION_LOG_STATUS, SESSION_LOG_START)));
    events.out.flush();
    return events;
  }

  /** Sorts by time, and has the {@code tfevents} by which TensorBoard knows its files. */
  private static String name(Instant start) {
    return String.format(
        Locale.ROOT,
        "events.out.tfevents.%010d.%03d.unroll",
        start.getEpochSecond(),
        start.getNano() / 1_000_000);
  }

  /** Writes one event and flushes the stream; a start has nothing to plot. */
  @Override
  public void tell(RunEvent event) throws IOException {
    if (event instanceof RunStart) {
      return;
    }
    var summary = new ProtocolBuffer();
    Scalars.of(event, unit).forEach((tag, value) -> scalar(summary, tag, value));
    if (event instanceof SampleText sample) {
      text(summary, "sample", sample.prompt() + sample.text());
    }
    write(event.round(), summary);
  }

  @Override
  public void histograms(int round, String what, List<Histogram> tensors) throws IOException {
    var summary = new ProtocolBuffer();
    tensors.forEach(tensor -> histogram(summary, what + "/" + tensor.tensor(), tensor));
    write(round, summary);
  }

  private void write(int round, ProtocolBuffer summary) throws IOException {
    record(event(round).message(EVENT_SUMMARY, summary));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static void histogram(ProtocolBuffer summary, String tag, Histogram histogram) {
    var encoded =
        new ProtocolBuffer()
            .number(HISTOGRAM_MIN, histogram.least())
            .number(HISTOGRAM_MAX, histogram.largest())
            .number(HISTOGRAM_COUNT, histogram.count())
            .number(HISTOGRAM_SUM, histogram.sum())
            .number(HISTOGRAM_SQUARES, histogram.squares())
            .numbers(HISTOGRAM_LIMITS, histogram.limits())
            .numbers(HISTOGRAM_COUNTS, histogram.counts());
    summary.message(
        SUMMARY_VALUE, new ProtocolBuffer().text(VALUE_TAG, tag).message(VALUE_HISTOGRAM, encoded));
  }

  private static void scalar(ProtocolBuffer summary, String tag, double value) {
    summary.message(
        SUMMARY_VALUE,
        new ProtocolBuffer().text(VALUE_TAG, tag).number(VALUE_SIMPLE_VALUE, (float) value));
  }

  /** TensorBoard reads texts as Markdown: indented by four, they are shown as they are. */
  private static void text(ProtocolBuffer summary, String tag, String text) {
    var shape =
        new ProtocolBuffer()
            .message(SHAPE_DIMENSION, new ProtocolBuffer().integer(DIMENSION_SIZE, 1));
    var tensor =
        new ProtocolBuffer()
            .integer(TENSOR_TYPE, TENSOR_TYPE_STRING)
            .message(TENSOR_SHAPE, shape)
            .text(TENSOR_STRINGS, text.indent(4));
    var plugin =
        new ProtocolBuffer()
            .message(METADATA_PLUGIN_DATA, new ProtocolBuffer().text(PLUGIN_DATA_NAME, "text"));
    summary.message(
        SUMMARY_VALUE,
        new ProtocolBuffer()
            .text(VALUE_TAG, tag)
            .message(VALUE_TENSOR, tensor)
            .message(VALUE_METADATA, plugin));
  }

  private ProtocolBuffer event(int round) {
    return new ProtocolBuffer()
        .number(EVENT_WALL_TIME, clock.millis() / 1000.0)
        .integer(EVENT_STEP, round);
  }

  /** Length, its checksum, the event, its checksum; all little-endian. */
  private void record(ProtocolBuffer event) throws IOException {
    byte[] data = event.toByteArray();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(littleEndian(Integer.BYTES).putInt(maskedCrc(length)).array());
    out.write(data);
    out.write(littleEndian(Integer.BYTES).putInt(maskedCrc(data)).array());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** CRC-32C (Castagnoli) rotated right by 15 bits, plus a constant. */
  static int maskedCrc(byte[] data) {
    var crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }
}
