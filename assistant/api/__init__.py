"""The REST interface under `/api`, for programs: questions, passages, documents."""
