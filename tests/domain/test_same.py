from annotator.storage import engine


def test_answer():
    assert engine.answer() == 42
