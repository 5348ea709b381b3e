#!/usr/bin/env bash
# An example: one training run on a cluster, submitted as it is done by hand. deploy/unroll does the
# same when SPARK_HOME is set; copy this where a scheduler wants the plain command.
#
#   MASTER=yarn DATA=hdfs:///datasets/plays RUN=hdfs:///runs/plays deploy/spark-submit.sh
set -euo pipefail

# Where this script is, not where a link to it is; macOS had no readlink -f for long.
file=${BASH_SOURCE[0]}
while [ -L "$file" ]; do
  link=$(readlink "$file")
  case "$link" in /*) file=$link ;; *) file=$(dirname "$file")/$link ;; esac
done
root=$(CDPATH='' cd -P "$(dirname "$file")/.." && pwd)
. "$root/deploy/environment.sh"
: "${SPARK_HOME:?Set SPARK_HOME to an installation of Spark}"
: "${MASTER:?Set MASTER, such as yarn, spark://host:7077 or k8s://https://host:6443}"
: "${DATA:?Set DATA to the URI of a dataset}"
: "${RUN:?Set RUN to the URI of the run directory}"

# One lane for each executor, on all of its cores; their number is fixed when the run begins.
executors=${EXECUTORS:-4}
cores=${CORES:-4}

jar=$(application_jar)
exec "$SPARK_HOME/bin/spark-submit" \
  --class io.unroll.driver.cli.Unroll \
  --name "unroll $RUN" \
  --master "$MASTER" \
  --deploy-mode "${DEPLOY_MODE:-client}" \
  --num-executors "$executors" \
  --executor-cores "$cores" \
  --conf "spark.task.cpus=$cores" \
  --executor-memory "${EXECUTOR_MEMORY:-4g}" \
  --driver-memory "${DRIVER_MEMORY:-4g}" \
  --properties-file "$root/conf/spark-defaults.conf" \
  "$jar" \
  train --config "$root/conf/tiny-shakespeare.yaml" --data "$DATA" --run "$RUN" \
  --averaging.lanes "$executors" "$@"
