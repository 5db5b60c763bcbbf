// ModelVectors
