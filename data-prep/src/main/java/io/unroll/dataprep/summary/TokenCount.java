package io.unroll.dataprep.summary;

import java.io.Serializable;

/** How often a token occurs. */
public record TokenCount(String token, long count) implements Serializable {}
