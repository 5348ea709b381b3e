package io.unroll.worker.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.unroll.worker.layer.Attention;
import io.unroll.worker.model.Column;
import io.unroll.worker.model.EncoderDecoderArchitecture;
import io.unroll.worker.model.EncoderDecoderArchitecture.Attending;
import io.unroll.worker.model.EncoderDecoderArchitecture.Reader;
import io.unroll.worker.model.EncoderDecoderArchitecture.Writer;
import io.unroll.worker.model.LabelerArchitecture.Source;
import io.unroll.worker.model.LabelerArchitecture.Tokens;
import io.unroll.worker.model.Stack;
import io.unroll.worker.model.Summary;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** An encoder-decoder in {@code model.json}; see {@link NestedDescription}. */
final class EncoderDecoderDescription {
  static final String NAME = "encoder-decoder";
  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";
  private static final String REVERSED = "reversed";
  private static final String SIZE = "size";
  private static final String EMBEDDING = "embedding";
  private static final String TIED = "tie-weights";
  private static final String CONDITION = "condition";
  private static final String ATTENTION = "attention-size";
  private static final String GATE = "attention-gate";
  private static final String COVERAGE = "attention-coverage";
  private static final String SMOOTHING = "label-smoothing";

  private EncoderDecoderDescription() {}

  static void write(
      EncoderDecoderArchitecture model, ModelDescription description, ObjectNode json) {
    json.put(NestedDescription.KIND, NAME);
    NestedDescription.write(
        model.reader().source(), description, json.putObject(NestedDescription.SOURCE));
    ObjectNode encoder = json.putObject(ENCODER);
    encoder.put(REVERSED, model.reader().reversed()).put(SIZE, model.reader().size());
    model
        .reader()
        .stack()
        .ifPresent(
            stack -> NestedDescription.write(stack, encoder.putObject(NestedDescription.STACK)));
    ObjectNode decoder = json.putObject(DECODER);
    NestedDescription.write(model.writer().stack(), decoder.putObject(NestedDescription.STACK));
    decoder.put(EMBEDDING, model.writer().embedding()).put(TIED, model.writer().tieWeights());
    json.put(CONDITION, model.summary().key());
    if (model.attends()) {
      Attention.Options options = model.attending().options();
      json.put(ATTENTION, model.attending().size());
      if (options.gated()) {
        json.put(GATE, true);
      }
      if (options.coverage() > 0) {
        json.put(COVERAGE, options.coverage());
      }
    }
    NestedDescription.write(model.dropout(), json.putObject(NestedDescription.DROPOUT));
    json.put(SMOOTHING, model.labelSmoothing());
    ObjectNode targets = json.putObject(Column.TARGETS.key());
    String fingerprint = description.fingerprint(Column.TARGETS);
    NestedDescription.write(model.writer().vocabulary(), fingerprint, targets);
  }

  static ModelDescription read(StrictObject json) throws FormatException {
    json.allowOnly(
        Set.of(
            "format-version",
            NestedDescription.KIND,
            NestedDescription.SOURCE,
            ENCODER,
            DECODER,
            CONDITION,
            ATTENTION,
            GATE,
            COVERAGE,
            NestedDescription.DROPOUT,
            SMOOTHING,
            Column.TARGETS.key()));
    Map<Column, String> fingerprints = new EnumMap<>(Column.class);
    Source source = NestedDescription.source(json.object(NestedDescription.SOURCE), fingerprints);
    StrictObject targets = json.object(Column.TARGETS.key());
    targets.allowOnly(Set.of(SIZE, NestedDescription.FINGERPRINT));
    fingerprints.put(Column.TARGETS, targets.text(NestedDescription.FINGERPRINT));
    EncoderDecoderArchitecture architecture =
        new EncoderDecoderArchitecture(
            reader(json.object(ENCODER), source),
            writer(json.object(DECODER), targets.size(SIZE)),
            Summary.of(json.text(CONDITION)),
            attending(json),
            NestedDescription.dropout(json.object(NestedDescription.DROPOUT)),
            json.number(SMOOTHING));
    return new ModelDescription(architecture, fingerprints);
  }

  private static Attending attending(StrictObject json) throws FormatException {
    if (!json.has(ATTENTION)) {
      return Attending.NONE;
    }
    boolean gated = json.has(GATE) && json.isTrue(GATE);
    double coverage = json.has(COVERAGE) ? json.number(COVERAGE) : 0;
    return new Attending(json.size(ATTENTION), new Attention.Options(gated, coverage));
  }

  private static Reader reader(StrictObject json, Source source) throws FormatException {
    json.allowOnly(Set.of(NestedDescription.STACK, REVERSED, SIZE));
    Stack stack =
        json.has(NestedDescription.STACK) || source instanceof Tokens
            ? NestedDescription.stack(json.object(NestedDescription.STACK))
            : null;
    return new Reader(source, stack, json.isTrue(REVERSED), json.size(SIZE));
  }

  private static Writer writer(StrictObject json, int vocabulary) throws FormatException {
    json.allowOnly(Set.of(NestedDescription.STACK, EMBEDDING, TIED));
    return new Writer(
        NestedDescription.stack(json.object(NestedDescription.STACK)),
        vocabulary,
        json.size(EMBEDDING),
        json.isTrue(TIED));
  }
}
