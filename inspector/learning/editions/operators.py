"""What a `.tflite` network consists of."""

from dataclasses import dataclass

from ai_edge_litert import schema_py_generated as schema

CONVOLUTIONS = {"CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV"}


@dataclass(frozen=True)
class Operator:
    """One step of a network. kind: LiteRT's name for it; name: that of what it gives; inputs and outputs: numbers of
    tensors.
    """

    kind: str
    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def operators(network: bytes) -> list[Operator]:
    """Every operator of a `.tflite` file, in the order in which they run."""
    kinds = {code: kind for kind, code in vars(schema.BuiltinOperator).items() if not kind.startswith("_")}
    model = schema.Model.GetRootAs(network, 0)
    graph = model.Subgraphs(0)
    found = []
    for step in map(graph.Operators, range(graph.OperatorsLength())):
        outputs = tuple(step.OutputsAsNumpy().tolist())
        kind = kinds[model.OperatorCodes(step.OpcodeIndex()).BuiltinCode()]
        name = graph.Tensors(outputs[0]).Name().decode()
        found.append(Operator(kind, name, tuple(step.InputsAsNumpy().tolist()), outputs))
    return found


def names(network: bytes) -> dict[str, str]:
    """What the input and each output of a `.tflite` file is called in our contract (`picture`, `boxes`, `scores`), by
    the name of its tensor.
    """
    model = schema.Model.GetRootAs(network, 0)
    graph, signature = model.Subgraphs(0), model.SignatureDefs(0)
    inputs = map(signature.Inputs, range(signature.InputsLength()))
    outputs = map(signature.Outputs, range(signature.OutputsLength()))
    return {graph.Tensors(entry.TensorIndex()).Name().decode(): entry.Name().decode() for entry in (*inputs, *outputs)}


def outside_convolutions(steps: list[Operator]) -> list[str]:
    """The names of those that have no convolution before them, or none behind them: the first convolution and the last
    ones too.
    """
    behind = _reached(steps)
    before = _reached([_turned(step) for step in reversed(steps)])
    return [step.name for step in steps if step.name not in behind or step.name not in before]


def _turned(step: Operator) -> Operator:
    return Operator(step.kind, step.name, step.outputs, step.inputs)


def _reached(steps: list[Operator]) -> set[str]:
    """Those that take, directly or not, what a convolution gave."""
    given: set[int] = set()
    reached = set()
    for step in steps:
        fed = not given.isdisjoint(step.inputs)
        if fed:
            reached.add(step.name)
        if fed or step.kind in CONVOLUTIONS:
            given.update(step.outputs)
    return reached
