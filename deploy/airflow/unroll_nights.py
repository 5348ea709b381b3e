"""What the two Airflow DAGs share: the commands of a night, the order of their tasks, and what exit codes mean.

Airflow variables, all of them texts. Places are URIs, or absolute paths, which every machine that takes part can read.

    unroll_home       the folder of Unroll on the workers
    unroll_input      the text to train on: a file or a folder, which may grow from night to night
    unroll_nights     the folder for datasets and runs, in a folder for each run of the DAG
    unroll_registry   the registry of the models in service; deploy/README.md tells how to put the first one there
    unroll_config     the configuration of the training (default: conf/tiny-shakespeare.yaml in unroll_home)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from airflow.sdk import DAG, Asset, BaseOperator, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# The logical date may be missing, the id of the run never is. Hadoop's paths have no colons.
NIGHT = "{{ run_id | replace(':', '-') | replace('+', '-') }}"
PLACE = "{{ var.value.unroll_nights }}/" + NIGHT
DATA = f"{PLACE}/data"
RUN = f"{PLACE}/run"
REGISTRY = "{{ var.value.unroll_registry }}"
CONFIG = "{{ var.value.get('unroll_config', var.value.unroll_home ~ '/conf/tiny-shakespeare.yaml') }}"

# Each may be given twice, by a retry or since somebody cleared its task: it goes on, or finds its work done.
# The last twentieth of the text is what models are compared on: where new text comes last, none has been trained on it.
PREP = [
    "prep", "--kind", "text", "--input", "{{ var.value.unroll_input }}", "--fractions", "0.9,0.05,0.05",
    "--vocabulary", REGISTRY, "--extend", "--output", DATA, "--overwrite",
]
TRAIN = ["train", "--config", CONFIG, "--data", DATA, "--run", RUN, "--continue-from", REGISTRY]
PROMOTE = [
    "promote", "--model", RUN, "--registry", REGISTRY, "--if-better-on", DATA, "--split", "test",
    "--by", "0.002", "--run-id", NIGHT,
]

# These would come again however often they are tried.
FINAL_CODES = {2: "usage or configuration", 3: "bad data", 4: "the training diverged"}
KEPT_CODE = 10

# For DAGs that are to run when another model is in service: schedule=[Asset("unroll-champion")].
CHAMPION = Asset("unroll-champion")


def judge(code: int) -> str:
    """What a command that ended with a code did: "done" or "kept". Raises what Airflow takes for a failure.

    Codes that are not in FINAL_CODES are tried again: 75 (interrupted, the same command goes on), those of
    signals, and 1, such as of a run that another process still works on.
    """
    if code in FINAL_CODES:
        raise AirflowFailException(f"Unroll ended with exit code {code}, {FINAL_CODES[code]}: not tried again")
    if code not in (0, KEPT_CODE):
        raise AirflowException(f"Unroll ended with exit code {code}: the same command goes on where it was")
    return "kept" if code == KEPT_CODE else "done"


def nightly(dag_id: str, command: Callable[[list[str]], BaseOperator]) -> DAG:
    """A DAG that makes a dataset, trains the champion further and promotes it if it is better.

    The given function makes a task of a command of Unroll; the task returns what judge() does.
    """
    with DAG(
        dag_id,
        description="Nightly retraining that never serves a worse model",
        schedule="30 2 * * *",
        start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        catchup=False,
        # A night that takes longer than a day is not overtaken.
        max_active_runs=1,
        # The time between tries is Airflow's default of five minutes.
        default_args={"retries": 5, "execution_timeout": timedelta(hours=20)},
    ) as dag:
        prep, train, promote = command(PREP), command(TRAIN), command(PROMOTE)

        @task.branch
        def decide(outcome: str) -> str:
            return "kept" if outcome == "kept" else "promoted"

        @task(outlets=[CHAMPION])
        def promoted() -> None:
            """The place for a notification, or for a call to what serves the model."""

        @task
        def kept() -> None:
            """The model of yesterday stays in service: that is no failure."""

        prep >> train >> promote
        decide(promote.output) >> [promoted(), kept()]
    return dag
