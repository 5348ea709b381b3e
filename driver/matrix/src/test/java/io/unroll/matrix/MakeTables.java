package io.unroll.matrix;

import org.apache.spark.sql.SparkSession;

/**
 * Makes the same reviews as tables of Delta, of Iceberg and of Hive, and as Parquet in their order.
 * Runs in a process of its own, on the Spark to be tested.
 */
final class MakeTables {
  private static final String REVIEWS =
      """
      select if(id %% 3 = 0, 'bad', 'good') as stars,
             concat('a ', if(id %% 3 = 0, 'foul', 'fine'), ' day, number ', id) as review
      from range(%s)
      """;

  private MakeTables() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().enableHiveSupport().getOrCreate();
    String half = REVIEWS.formatted("0, 300, 1, 3");
    String rest = REVIEWS.formatted("300, 600, 1, 3");
    spark.sql(
        "create table delta_reviews using delta location '%s-delta' as %s"
            .formatted(arguments[0], half));
    spark.sql("insert into delta_reviews " + rest);
    spark.sql("create table lake.db.reviews using iceberg as " + half);
    spark.sql("insert into lake.db.reviews " + rest);
    spark.sql("create table hive_reviews (stars string, review string) stored as orc");
    spark.sql("insert into hive_reviews " + half);
    spark.sql("insert into hive_reviews " + rest);
    spark
        .sql(REVIEWS.formatted("600"))
        .orderBy("stars", "review")
        .coalesce(1)
        .write()
        .parquet(arguments[0]);
    spark.stop();
  }
}
