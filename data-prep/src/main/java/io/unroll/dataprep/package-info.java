/**
 * Corpora to tokens to Parquet. Packages: {@code tokenize} (text to tokens), {@code dataset} (the
 * format on disk: the one place that knows it), {@code text}, {@code coco}, {@code documents},
 * {@code lines}, {@code conllu}, {@code pairs}, {@code vectors} and {@code generate} (the kinds of
 * corpora), {@code examples} (what all but the first two have in common), {@code table} (what Spark
 * reads). Described in {@code docs/formats/dataset.md}.
 */
package io.unroll.dataprep;
