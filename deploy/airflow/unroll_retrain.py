"""Retrains a model every night with Unroll: prepare, train, evaluate.

Needs Airflow 2.4 or later on machines that have Unroll (Airflow variable unroll_home) and, for a
cluster, SPARK_HOME in the environment of the workers. Exit code 75 of Unroll means "interrupted, the
same command goes on": a retry of the task is that command. Codes 2, 3 and 4 (configuration, data,
divergence) would come again, so those tasks fail without a retry.
"""

import subprocess
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.operators.python import PythonOperator

FINAL_CODES = {2: "usage or configuration", 3: "bad data", 4: "diverged"}

PLACE = "{{ var.value.unroll_place }}/{{ ds }}"


def run_unroll(home: str, arguments: list) -> None:
    """Runs one command of Unroll; its output is the task's log."""
    code = subprocess.run([f"{home}/deploy/unroll", *arguments], check=False).returncode
    if code in FINAL_CODES:
        raise AirflowFailException(f"unroll ended with {code}: {FINAL_CODES[code]}")
    if code != 0:
        raise AirflowException(f"unroll ended with {code}: to be tried again")


def unroll(*arguments: str) -> PythonOperator:
    """One command of Unroll as a task of that name."""
    return PythonOperator(
        task_id=arguments[0],
        python_callable=run_unroll,
        op_kwargs={"home": "{{ var.value.unroll_home }}", "arguments": list(arguments)},
    )


with DAG(
    dag_id="unroll_retrain",
    description="Nightly retraining of a language model on Spark",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 5,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(hours=6),
    },
) as dag:
    prep = unroll(
        "prep", "--kind", "text", "--tokenizer", "char", "--overwrite",
        "--input", "{{ var.value.unroll_input }}", "--output", f"{PLACE}/data",
    )
    train = unroll(
        "train", "--config", "{{ var.value.unroll_home }}/conf/tiny-shakespeare.yaml",
        "--data", f"{PLACE}/data", "--run", f"{PLACE}/run",
    )
    evaluate = unroll(
        "evaluate", "--json", "--split", "valid",
        "--model", f"{PLACE}/run", "--data", f"{PLACE}/data",
    )
    prep >> train >> evaluate
