"""Makes a small transformer for many languages: ``python -m align.training.transformer --data DIR --out DIR``.

DIR is a folder with ``train/``. The teacher is all-MiniLM-L6-v2 (or ``--teacher FOLDER``), the tokens are those of
the static model (or ``--static FOLDER``). With ``--device cuda`` it takes minutes, on a few cores hours: ``--hours``
or ``--steps`` end it. ``--student FILE`` keeps what was learnt: to go on from there, or, with ``--steps 0``, to write
the folder again with another ``--static-share``. The packages of the extra "training" are needed.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from align.embed import load_embedder
from align.embed.static import StaticEmbedder
from align.errors import ConcordError, ModelError
from align.training.data import load_pairs
from align.training.transformer.body import TOKENS, Tensors
from align.training.transformer.distil import Settings, distil
from align.training.transformer.export import export
from align.training.transformer.initial import first_rows, vocabulary, with_ends
from align.training.transformer.lessons import Lesson, batches, draw, lessons_of
from align.training.transformer.teacher import Teacher, load_teacher

NAME = "concord-accurate"
DEFAULTS = Settings()
_KEEP = 500  # steps from one saving of the student to the next


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, clean, draw, teach, write the folder; progress on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not 0 <= options.static_share < 1:
        parser.error("--static-share must be at least 0 and less than 1")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    settings = Settings(
        rate=options.rate, token_rate=options.token_rate, scale=options.scale, closeness=options.closeness,
        queue=options.queue, frozen=options.frozen, bfloat16=options.bfloat16, device=options.device,
    )  # fmt: skip
    static = load_embedder(options.static)
    if not isinstance(static, StaticEmbedder):
        raise ModelError("this is not a static model", where=str(options.static))
    teacher = load_teacher(options.teacher).to(options.device)
    course = _course(static, teacher, options)
    student = _kept_student(options.student, options.device) or first_student(static, teacher)

    def report(step: int, loss: float, cosine: float) -> None:
        _say(f"step {step}, loss {loss:.3f}, cosine to the teacher {cosine:.3f}")
        if step % _KEEP == 0:
            _keep(student, options.student)

    distil(student, teacher, course, settings, steps=options.steps, hours=options.hours, report=report)
    _keep(student, options.student)
    rows = np.asarray(static.weights, dtype=np.float32)
    revision = export(
        options.out, options.name, with_ends(static.tokenizer), student, rows, options.static_share,
        words=f"{static.name}@{static.revision}",
    )  # fmt: skip
    _say(f"{options.name}@{revision} is in {options.out}")
    return 0


def first_student(static: StaticEmbedder, teacher: Teacher) -> Tensors:
    """The teacher's body with the static model's tokens (:mod:`align.training.transformer.initial`)."""
    rows = first_rows(
        vocabulary(static.tokenizer),
        np.asarray(static.weights, dtype=np.float32),
        teacher.tokenizer.get_vocab(),
        teacher.rows(),
    )
    student = {name: value.clone() for name, value in teacher.weights.items()}
    student[TOKENS] = torch.from_numpy(rows).to(teacher.weights[TOKENS].device)
    return student


def _course(static: StaticEmbedder, teacher: Teacher, options: argparse.Namespace) -> Iterator[list[Lesson]]:
    """Batches without end: each time round the lessons are drawn afresh. Nothing is read before it is wanted."""
    pairs = load_pairs(options.data, options.exclude, workers=options.threads)
    _say(f"{len(pairs):,} clean pairs")
    tokenizer = with_ends(static.tokenizer)
    for turn in itertools.count():
        rng = np.random.default_rng([options.seed, turn])
        lessons = lessons_of(
            draw(pairs, options.pairs, rng), tokenizer, teacher.tokenizer,
            longest=options.longest, english=options.english, rng=rng,
        )  # fmt: skip
        _say(f"{len(lessons):,} lessons in turn {turn + 1}")
        yield from batches(lessons, options.tokens, rng)


def _kept_student(path: Path | None, device: str) -> Tensors | None:
    """The weights of an earlier run, if there was one."""
    if path is None or not path.exists():
        return None
    try:
        return load_file(path, device=device)
    except Exception as error:  # safetensors has errors of its own
        raise ModelError(f"cannot read the student: {error}", where=str(path)) from error


def _keep(student: Tensors, path: Path | None) -> None:
    """Write the student's weights, whole or not at all."""
    if path is not None:
        beside = path.with_name(path.name + ".new")
        save_file({name: value.detach().cpu().contiguous() for name, value in student.items()}, beside)
        beside.replace(path)


def _say(line: str) -> None:
    print(f"{time.process_time():7.0f} s  {line}", file=sys.stderr, flush=True)  # noqa: T201


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m align.training.transformer",
        description="Makes a small transformer for many languages.",
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--name", default=NAME)
    parser.add_argument(
        "--student", type=Path, metavar="FILE", help="keep the float weights here, and go on from them"
    )
    parser.add_argument("--teacher", type=Path, help="folder of another English model with a BERT body")
    parser.add_argument("--static", help="folder of another static model")
    parser.add_argument("--exclude", nargs="*", default=[], metavar="SOURCE", help="sources to leave out")
    parser.add_argument("--steps", type=int, default=20_000, help="batches at most")
    parser.add_argument("--hours", type=float, default=float("inf"), help="hours at most")
    parser.add_argument("--pairs", type=int, default=400_000, help="pairs drawn each time round")
    parser.add_argument("--tokens", type=int, default=4_096, help="tokens of a batch, padding included")
    parser.add_argument("--longest", type=int, default=40, help="tokens of a text, at most")
    parser.add_argument(
        "--english", type=float, default=0.25, help="share of pairs whose English is taught too"
    )
    parser.add_argument("--rate", type=float, default=DEFAULTS.rate)
    parser.add_argument("--token-rate", type=float, default=DEFAULTS.token_rate)
    parser.add_argument("--scale", type=float, default=DEFAULTS.scale)
    parser.add_argument("--closeness", type=float, default=DEFAULTS.closeness)
    parser.add_argument("--queue", type=int, default=DEFAULTS.queue)
    parser.add_argument(
        "--frozen", type=int, default=DEFAULTS.frozen, help="lower layers that stay as they are"
    )
    parser.add_argument(
        "--static-share", type=float, default=0.5, help="weight of the static vector in a cosine, 0 to 1"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument(
        "--bfloat16", action="store_true", help="faster where the processor multiplies bfloat16"
    )
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ConcordError, ValueError) as error:
        _say(f"Error: {error}")
        sys.exit(2)
