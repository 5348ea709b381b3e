package io.unroll.dataprep.examples;

import io.unroll.dataprep.dataset.ExampleShape;
import io.unroll.dataprep.dataset.Vocabulary;
import io.unroll.dataprep.dataset.VocabularyUse;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;

/** What is to be said of an example, to ids. */
interface TargetEncoder extends Serializable {
  /** The ids of its labels, or of its target text with begin and end. */
  int[] ids(RawExample example);

  /** That of a shape. */
  static TargetEncoder of(ExampleShape shape, Map<VocabularyUse, Vocabulary> vocabularies) {
    if (shape.target() == ExampleShape.Target.TEXT) {
      var text = new EndedText(vocabularies.get(VocabularyUse.TARGETS));
      return example -> text.ids(example.targetWords());
    }
    Vocabulary labels = vocabularies.get(VocabularyUse.LABELS);
    return example ->
        Arrays.stream(example.labels()).mapToInt(label -> labels.id(label).orElseThrow()).toArray();
  }
}
