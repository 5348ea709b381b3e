package io.unroll.dataprep.dataset;

import java.io.Serializable;

/**
 * One file that a dataset was made of.
 *
 * @param uri where it was
 * @param bytes its size as it lay there
 * @param sha256 of those bytes, in hexadecimal digits
 */
public record Source(String uri, long bytes, String sha256) implements Serializable {}
