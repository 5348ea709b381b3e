package io.unroll.driver.words;

/**
 * How the answer d to "a is to b as c is to what?" is chosen, by cosines of vectors of length 1.
 */
public enum AnalogyMethod {
  /**
   * 3CosAdd: the largest cos(d, b - a + c), which is largest where cos(d, b) - cos(d, a) + cos(d,
   * c) is (Mikolov, Yih and Zweig 2013, section 4).
   */
  ADD("3CosAdd") {
    @Override
    double score(double a, double b, double c) {
      return b - a + c;
    }
  },
  /**
   * 3CosMul: the largest cos(d, b) cos(d, c) / (cos(d, a) + ε), with cosines moved to [0, 1] by (1
   * + cos) / 2 and ε = 0.001 (Levy and Goldberg 2014, section 6).
   */
  MULTIPLY("3CosMul") {
    @Override
    double score(double a, double b, double c) {
      return moved(b) * moved(c) / (moved(a) + EPSILON);
    }
  };

  private static final double EPSILON = 0.001;

  private final String text;

  AnalogyMethod(String text) {
    this.text = text;
  }

  /** Its usual name. */
  public String text() {
    return text;
  }

  /**
   * What the answer has the most of.
   *
   * @param a cosine of a possible answer with a
   * @param b with b
   * @param c with c
   */
  abstract double score(double a, double b, double c);

  private static double moved(double cosine) {
    return (1 + cosine) / 2;
  }
}
