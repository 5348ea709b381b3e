/**
 * Corpora to tokens to Parquet. Packages: {@code tokenize} (text to tokens), {@code dataset} (the
 * format on disk: the one place that knows it), {@code text} and {@code coco} (the two kinds of
 * corpora). Described in {@code docs/formats/dataset.md}.
 */
package io.unroll.dataprep;
