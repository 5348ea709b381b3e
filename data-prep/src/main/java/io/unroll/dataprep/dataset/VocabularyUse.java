package io.unroll.dataprep.dataset;

/** What a dataset has vocabularies for. */
public enum VocabularyUse {
  /** The tokens that are read: in every dataset but those of vectors. */
  TOKENS("vocabulary", Vocabulary.FILE),

  /** The labels of examples. */
  LABELS("labels", "labels.json"),

  /** The characters of words, where examples have them. */
  CHARACTERS("characters", "characters.json"),

  /** The tokens of target texts. */
  TARGETS("target-vocabulary", "target-vocabulary.json");

  private final String label;
  private final String file;

  VocabularyUse(String label, String file) {
    this.label = label;
    this.file = file;
  }

  /** The name in manifests. */
  String label() {
    return label;
  }

  /** The name of its file. */
  String file() {
    return file;
  }
}
