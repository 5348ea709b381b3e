"""Retrains a model every night by deploy/unroll, for workers without Spark: it comes with Unroll.

Needs Airflow 3.3 or later. Variables, besides those of unroll_nights.py:

    unroll_master     a cluster, such as spark://host:7077 (default local[*]: the cores of the worker)

The environment of the workers may set what deploy/unroll reads, such as UNROLL_MEMORY.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import BaseOperator, Context

from unroll_nights import judge, nightly


class UnrollOperator(BaseOperator):
    """Runs one command of Unroll as a process, and fails at once with the exit codes that would come again.

    A task that is ended sends it SIGTERM: then it stops after its round, with a checkpoint.
    """

    template_fields: Sequence[str] = ("command",)

    def __init__(self, *, command: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.command = command

    @cached_property
    def hook(self) -> SubprocessHook:
        return SubprocessHook()

    def execute(self, context: Context) -> str:
        return judge(self.hook.run_command(self.command).exit_code)

    def on_kill(self) -> None:
        self.hook.send_sigterm()


def run(command: list[str]) -> BaseOperator:
    """A task that runs a command of Unroll on the worker."""
    return UnrollOperator(
        task_id=command[0],
        command=[
            "{{ var.value.unroll_home }}/deploy/unroll", *command,
            "--master", "{{ var.value.get('unroll_master', 'local[*]') }}",
        ],
    )


dag = nightly("unroll_retrain_local", run)
