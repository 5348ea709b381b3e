package io.unroll.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.unroll.dataprep.DataException;
import io.unroll.worker.model.Column;
import org.junit.jupiter.api.Test;

/** The vocabularies of a model in one file. */
class VocabulariesTest {
  private static final Vocabularies TOKENS = Vocabularies.of(SmallModel.VOCABULARY);

  @Test
  void oneOfTokensIsTheFileOfTheDataset() {
    assertEquals(SmallModel.VOCABULARY.toJson(), TOKENS.toJson());
    Vocabularies read = Vocabularies.fromJson(TOKENS.toJson());
    assertEquals(TOKENS.fingerprints(), read.fingerprints());
    assertTrue(read.find(Column.LABELS).isEmpty());
    assertThrows(DataException.class, read::labels);
  }

  @Test
  void severalComeBackByTheirNames() {
    String labels =
        "{\"format\":\"unroll-vocabularies\",\"version\":1,\"tokens\":%s,\"labels\":%s}"
            .formatted(SmallModel.VOCABULARY.toJson(), SmallModel.VOCABULARY.toJson());
    Vocabularies read = Vocabularies.fromJson(labels);
    assertEquals(SmallModel.VOCABULARY.fingerprint(), read.labels().fingerprint());
    assertEquals(read.labels().fingerprint(), read.predicted().fingerprint());
    assertEquals(read.fingerprints(), Vocabularies.fromJson(read.toJson()).fingerprints());
    assertEquals(read.toJson(), Vocabularies.fromJson(read.toJson()).toJson());
  }

  @Test
  void otherVersionsAndDamageAreRefused() {
    String later = "{\"format\":\"unroll-vocabularies\",\"version\":2}";
    assertThrows(DataException.class, () -> Vocabularies.fromJson(later));
    assertThrows(DataException.class, () -> Vocabularies.fromJson("{"));
    assertThrows(DataException.class, () -> Vocabularies.fromJson(""));
    String noTokens = "{\"format\":\"unroll-vocabularies\",\"version\":1,\"tokens\":3}";
    assertThrows(DataException.class, () -> Vocabularies.fromJson(noTokens));
  }
}
