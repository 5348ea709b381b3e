package io.unroll.driver.cli;

import io.unroll.driver.run.ClientDefaults;
import io.unroll.driver.track.UnrollPlugin;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.sql.SparkSession;

/**
 * The one place where Spark is started. What spark-submit or {@code -Dspark.…} set is kept, all but
 * the master, which {@code --master} replaces, and the serializer.
 */
final class SparkSessions {
  private static final String MASTER = "spark.master";
  private static final String TASK_CORES = "spark.task.cpus";

  /** Such as local[2], local[*] and, with task failures, local[2,3]. */
  private static final Pattern LOCAL = Pattern.compile("local\\[(\\*|\\d{1,6})(?:,.*)?]");

  /** How Spark begins to say that a master is nonsense. */
  private static final List<String> IMPOSSIBLE_MASTERS =
      List.of("Could not parse Master URL", "Asked to run locally with 0 threads");

  /**
   * Spark's own cluster for tests, whose executors are processes and would need to know a secret.
   */
  private static final String LOCAL_CLUSTER = "local-cluster";

  private static final String PLUGINS = "spark.plugins";

  private static final String LOOPBACK = "127.0.0.1";

  /** As in conf/spark-defaults.conf. */
  private static final String KERNEL_OPTIONS =
      "--add-modules=jdk.incubator.vector"
          + " -XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages";

  private SparkSessions() {}

  /**
   * Starts Spark.
   *
   * @param application name in Spark's pages and logs
   * @param master null for what spark-submit gives, or else {@code local[*]}
   * @throws UsageException if there can be no such master, or the stall limit is no time
   * @throws SparkStartException with the master, if it cannot be reached or starting fails; or if
   *     Spark is too old for this Java
   */
  static SparkSession open(String application, String master) {
    return open(configuration(application, master));
  }

  /** Divides the cores of this machine among so many tasks, unless that is settled already. */
  static void divide(SparkConf conf, int tasks) {
    conf.setIfMissing(TASK_CORES, Integer.toString(Math.max(1, localCores(conf) / tasks)));
  }

  /** Has Spark's page shown while it runs, with the metrics for Prometheus. */
  static void showPage(SparkConf conf) {
    conf.set("spark.ui.enabled", "true");
    // Else the names of metrics have the id of the application in them, another one for each.
    conf.setIfMissing("spark.metrics.namespace", "unroll");
    conf.setIfMissing(
        "spark.metrics.conf.*.sink.prometheusServlet.class",
        "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
  }

  /** Starts Spark: see {@link #open(String, String)}. */
  static SparkSession open(SparkConf conf) {
    SupportedJava.require();
    Duration stallLimit = StallLimit.in(conf);
    try {
      SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
      QuietEnd.ensure();
      ClientDefaults.apply(spark.sparkContext().hadoopConfiguration());
      StallLimit.watch(spark.sparkContext(), stallLimit);
      return spark;
    } catch (Exception e) { // Scala's exceptions are not declared
      String message =
          "Cannot start Spark on --master %s: %s".formatted(conf.get(MASTER), reason(e));
      if (IMPOSSIBLE_MASTERS.stream().anyMatch(String.valueOf(e.getMessage())::startsWith)) {
        throw new UsageException(message, e);
      }
      throw new SparkStartException(message, e);
    }
  }

  /** Cores that Spark uses in this process; 0 with a cluster, or a master that is none. */
  static int localCores(SparkConf conf) {
    String master = conf.get(MASTER);
    Matcher several = LOCAL.matcher(master);
    if (!several.matches()) {
      return master.equals("local") ? 1 : 0;
    }
    return several.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(several.group(1));
  }

  /** Hadoop's settings for what needs no session: those of its files and of spark.hadoop.… */
  static Configuration hadoop() {
    SupportedJava.require();
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    ClientDefaults.apply(hadoop);
    return hadoop;
  }

  /** Spark lets a master that refuses look like a mistake of the caller, with two stack traces. */
  private static String reason(Exception failure) {
    String first = SparkWords.of(failure.getMessage());
    return first.startsWith("Cannot call methods on a stopped SparkContext")
        ? "the master did not take this application (is it up, and with the same secret? Spark says"
            + " more above)"
        : MemoryFailures.tooSmallForSpark(first).orElse(failure.getMessage());
  }

  static SparkConf configuration(String application, String master) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing(MASTER, "local[*]");
    if (master != null) {
      conf.set(MASTER, master);
    }
    conf.setIfMissing("spark.app.name", application);
    // Kryo sets final fields, which the JVM forbids for records, and large arrays cost both the
    // same.
    conf.set("spark.serializer", JavaSerializer.class.getName());
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    addPlugin(conf);
    if (conf.get(MASTER).startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      if (!conf.get(MASTER).startsWith(LOCAL_CLUSTER)) {
        // Other users of this machine reach the port, and what they send is made into Java objects:
        // Spark makes a random secret, which nobody else has to know.
        conf.setIfMissing("spark.authenticate", "true");
        // A task that runs out of memory fails, and the command says what to do. Else Spark, which
        // takes this process for an executor that will be replaced, ends it.
        conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      }
    } else {
      shipApplication(conf);
    }
    return conf;
  }

  /** Beside those of the user. */
  private static void addPlugin(SparkConf conf) {
    String others = conf.get(PLUGINS, "");
    String own = UnrollPlugin.class.getName();
    conf.set(PLUGINS, others.isEmpty() ? own : others + "," + own);
  }

  /** For clusters that are reached without spark-submit, which does both itself. */
  private static void shipApplication(SparkConf conf) {
    String[] jar = JavaSparkContext.jarOfClass(Unroll.class);
    if (jar.length == 1) {
      conf.setIfMissing("spark.jars", jar[0]);
    }
    conf.setIfMissing("spark.executor.defaultJavaOptions", KERNEL_OPTIONS);
  }
}
