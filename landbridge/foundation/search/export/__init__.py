"""How the model file for meaning is made: weights in, one ONNX file out, compared with plain arithmetic."""
