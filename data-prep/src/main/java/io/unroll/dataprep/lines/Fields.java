package io.unroll.dataprep.lines;

/**
 * What a line or a record has of an example.
 *
 * @param place its first line
 * @param key empty where no column has keys
 */
record Fields(long place, String label, String text, String key) {}
