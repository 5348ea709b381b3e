package io.unroll.driver.data;

import io.unroll.worker.data.Example;
import java.io.Serializable;

/**
 * An example, and what it is about.
 *
 * @param group such as the id of an image; its own number where the dataset has no groups
 */
public record GroupedExample(long group, Example example) implements Serializable {}
