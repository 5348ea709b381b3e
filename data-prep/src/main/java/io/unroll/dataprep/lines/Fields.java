package io.unroll.dataprep.lines;

/**
 * What a line, a record or a row has of an example.
 *
 * @param place its first line, or its row
 * @param first its label, or its source
 * @param second its text, or its target
 * @param key empty where no column has keys
 */
public record Fields(long place, String first, String second, String key) {}
