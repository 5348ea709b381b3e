package io.unroll.dataprep.text;

import java.io.Serializable;

/**
 * The tokens of a part that belong to a range of the corpus.
 *
 * @param skipped tokens of the part before the range
 * @param length tokens of the part in the range
 * @param position where the first of them is within the range
 */
record TokenRange(Part part, long skipped, long length, long position) implements Serializable {}
