"""Retrains a model every night on a Spark cluster, by spark-submit.

Needs Airflow 3.3 or later with apache-airflow-providers-apache-spark, and spark-submit on the PATH of the workers.
The connection spark_default names the cluster. Variables, besides those of unroll_nights.py:

    unroll_jar        the application jar, lib/unroll-driver-VERSION-app.jar in unroll_home
    unroll_executors  how many executors (default 4), each of which trains one lane
    unroll_cores      cores of each (default 4), on all of which its lane computes
    unroll_memory     heap of each, and of the driver (default 4g)
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseOperator, Context, ObjectStoragePath

from unroll_nights import RUN, TRAIN, judge, nightly

EXECUTORS = "{{ var.value.get('unroll_executors', '4') }}"
CORES = "{{ var.value.get('unroll_cores', '4') }}"
MEMORY = "{{ var.value.get('unroll_memory', '4g') }}"

# What deploy/unroll gives spark-submit, with the lines of conf/spark-defaults.conf: see there.
LARGE_PAGES = "-XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages"
LOGGING = "-Dlog4j2.configurationFile=file:{{ var.value.unroll_home }}/conf/log4j2.properties"
CONF = {
    "spark.driver.defaultJavaOptions": (
        f"--add-exports=java.base/jdk.internal.module=ALL-UNNAMED {LARGE_PAGES} {LOGGING}"
    ),
    "spark.executor.defaultJavaOptions": f"--add-modules=jdk.incubator.vector {LARGE_PAGES}",
    "spark.speculation.multiplier": "3",
    # A driver that failed is started again by Airflow, which knows the exit codes, and not by YARN.
    "spark.yarn.maxAppAttempts": "1",
    "spark.driver.memory": MEMORY,
    "spark.executor.memory": MEMORY,
    "spark.executor.instances": EXECUTORS,
    "spark.executor.cores": CORES,
    "spark.task.cpus": CORES,
}

# How the exit code of Unroll is told: by YARN's diagnostics, by Kubernetes, and by spark-submit itself. The last
# says 1 for any other where the driver does not run in its process.
EXIT_CODES = [
    re.compile(pattern)
    for pattern in (
        r"Unroll ended with exit code (\d+)",
        r"Kubernetes spark exit code is: (\d+)",
        r"exit_code=(\d+)",
        r"Error code is: (-?\d+)",
    )
]


class UnrollSubmitOperator(SparkSubmitOperator):
    """Runs one command of Unroll, and fails at once with the exit codes that would come again.

    In client deploy mode the driver is a process of the worker: if the worker dies, the next try takes the run
    up at its last checkpoint. In cluster mode it outlives the worker, and the next try finds it again: that is
    "durable", the default since Airflow 3.3 with 6.2 of the provider. A standalone cluster does not tell exit
    codes then; training writes them into outcome.json of its run.
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "run")

    def __init__(self, *, run: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run

    def execute(self, context: Context) -> str:
        try:
            super().execute(context)
        except Exception as failure:
            code = told_code(str(failure))
            if code is None and self.run:
                code = self._written_code(context["ti"].start_date.timestamp())
            if code is None:
                raise
            self.log.error("%s", failure)
            return judge(code)
        return judge(0)

    def _written_code(self, since: float) -> int | None:
        """The exit code in outcome.json of the run, if it was written since a time."""
        file = ObjectStoragePath(re.sub("^s3a:", "s3:", self.run)) / "outcome.json"
        try:
            return json.loads(file.read_text())["exit-code"] if file.stat().st_mtime >= since else None
        except Exception as failure:  # of any file system: then it is not known, and tried again
            self.log.warning("Cannot read %s: %s", file, failure)
            return None


def told_code(message: str) -> int | None:
    """The exit code of Unroll in what the operator says of a failure."""
    found = (pattern.search(message) for pattern in EXIT_CODES)
    return next((int(match.group(1)) for match in found if match), None)


def submit(command: list[str]) -> BaseOperator:
    """A task that runs a command of Unroll on the cluster.

    In cluster deploy mode, add what finds a driver again: yarn_track_via_rm_api=True on YARN,
    track_driver_via_k8s_api=True on Kubernetes. On a standalone cluster, give promote deploy_mode="client",
    since its exit code is its answer.
    """
    training = command is TRAIN
    return UnrollSubmitOperator(
        task_id=command[0],
        name=f"unroll {command[0]}",
        application="{{ var.value.unroll_jar }}",
        java_class="io.unroll.driver.cli.Unroll",
        conf=CONF,
        application_args=[*command, "--averaging.lanes", EXECUTORS] if training else command,
        run=RUN if training else None,
    )


dag = nightly("unroll_retrain", submit)
