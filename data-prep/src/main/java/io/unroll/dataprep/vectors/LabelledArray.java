package io.unroll.dataprep.vectors;

/**
 * An array as it stands in its file, with what is said of it.
 *
 * @param row its number in the file, from 1
 * @param number one of its own, which follows from its split, the place of its file there, and its
 *     row: what is drawn by chance is drawn by it
 * @param shape T and F, or F alone
 * @param values T vectors of F numbers, scaled
 * @param labels one, or one for each vector
 */
public record LabelledArray(long row, long number, int[] shape, float[] values, String[] labels) {}
