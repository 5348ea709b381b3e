/** Training speed of an encoder-decoder, for comparison with PyTorch: {@code bench/translation}. */
package io.unroll.bench.translation;
