package io.unroll.dataprep.source;

import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What a preparation needs of Spark besides its data: the context, and Hadoop's settings for the
 * tasks. Closed when the preparation ends.
 */
public final class Cluster implements AutoCloseable {
  private final JavaSparkContext context;
  private final Broadcast<SerializableConfiguration> hadoop;

  public Cluster(SparkSession spark) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop =
        context.broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
  }

  public JavaSparkContext context() {
    return context;
  }

  /** Hadoop's settings, here. */
  public Configuration hadoop() {
    return hadoop.value().value();
  }

  /** Hadoop's settings, in tasks. */
  public Broadcast<SerializableConfiguration> hadoopInTasks() {
    return hadoop;
  }

  /** Runs jobs under a name. */
  public <T> T named(String description, Supplier<T> jobs) {
    context.sc().setJobDescription("prep: " + description);
    try {
      return jobs.get();
    } finally {
      context.sc().setJobDescription(null);
    }
  }

  /**
   * Releases, and waits for it: Spark prints a stack trace for what it is still removing when it is
   * stopped, which may be next.
   */
  @Override
  public void close() {
    hadoop.unpersist(true);
  }
}
