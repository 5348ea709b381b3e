package io.unroll.dataprep.counting;

import java.io.Serializable;

/** How often a token occurs. */
public record TokenCount(String token, long count) implements Serializable {}
