print("tierproof")
