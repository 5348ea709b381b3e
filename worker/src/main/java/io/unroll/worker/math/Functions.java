package io.unroll.worker.math;

/**
 * Elementary functions with a fixed order of operations, so that a vector implementation made of
 * the same steps gives the same bits.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // constants have the digits of their sources
public final class Functions {
  /** Beyond this, tanh rounds to ±1 in float. */
  static final float TANH_BOUND = 7.90531110763549805f;

  // Numerator (odd) and denominator (even) of a rational minimax approximation of tanh on
  // [-TANH_BOUND, TANH_BOUND], as published in Eigen's generic_fast_tanh_float.
  static final float A1 = 4.89352455891786e-03f;
  static final float A3 = 6.37261928875436e-04f;
  static final float A5 = 1.48572235717979e-05f;
  static final float A7 = 5.12229709037114e-08f;
  static final float A9 = -8.60467152213735e-11f;
  static final float A11 = 2.00018790482477e-13f;
  static final float A13 = -2.76076847742355e-16f;
  static final float B0 = 4.89352518554385e-03f;
  static final float B2 = 2.26843463243900e-03f;
  static final float B4 = 1.18534705686654e-04f;
  static final float B6 = 1.19825839466702e-06f;

  // exp(x) = 2^n exp(r), |r| <= ln 2 / 2; polynomial from Moshier's Cephes library, expf.
  static final float EXP_MIN = -87.0f;
  static final float EXP_MAX = 88.0f;
  static final float LOG2_E = 1.44269504088896341f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  /** Adding and subtracting 1.5·2^23 rounds a small float to the nearest integer. */
  static final float ROUNDER = 12582912f;

  /** The bits of 1f: exponent 127. */
  static final int ONE_BITS = 127 << 23;

  static final float P0 = 1.9875691500e-4f;
  static final float P1 = 1.3981999507e-3f;
  static final float P2 = 8.3334519073e-3f;
  static final float P3 = 4.1665795894e-2f;
  static final float P4 = 1.6666665459e-1f;
  static final float P5 = 5.0000001201e-1f;

  private Functions() {}

  /** Hyperbolic tangent to within a few units in the last place; NaN gives NaN. */
  public static float tanh(float value) {
    float x = Math.max(-TANH_BOUND, Math.min(TANH_BOUND, value));
    float x2 = x * x;
    float p = Math.fma(x2, A13, A11);
    p = Math.fma(x2, p, A9);
    p = Math.fma(x2, p, A7);
    p = Math.fma(x2, p, A5);
    p = Math.fma(x2, p, A3);
    p = Math.fma(x2, p, A1);
    float q = Math.fma(x2, B6, B4);
    q = Math.fma(x2, q, B2);
    q = Math.fma(x2, q, B0);
    return x * p / q;
  }

  /** Logistic function 1/(1+e^-x) = tanh(x/2)/2 + 1/2; NaN gives NaN. */
  public static float sigmoid(float x) {
    return Math.fma(0.5f, tanh(0.5f * x), 0.5f);
  }

  /** e^x for x clamped to [-87, 88]; NaN gives NaN. */
  public static float exp(float value) {
    float x = Math.max(EXP_MIN, Math.min(EXP_MAX, value));
    float rounded = Math.fma(x, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(r, P0, P1);
    p = Math.fma(r, p, P2);
    p = Math.fma(r, p, P3);
    p = Math.fma(r, p, P4);
    p = Math.fma(r, p, P5);
    float y = Math.fma(p, r * r, r) + 1f;
    // The low bits of rounded are n, so this is the float 2^n.
    return y * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + ONE_BITS);
  }
}
