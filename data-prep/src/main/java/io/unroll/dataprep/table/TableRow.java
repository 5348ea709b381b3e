package io.unroll.dataprep.table;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * A row of a table.
 *
 * @param input index of the file that has it; 0 where rows are put in order by a column
 * @param place its number there, from 1
 * @param values of the columns that are read, in the order in which they were asked for
 */
public record TableRow(int input, long place, Row values) implements Serializable {}
