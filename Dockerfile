FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/demo.txt requirements/runtime.txt requirements/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
# The wheel is built in an environment of its own, so that no build tool ends up in the image.
RUN python -m venv /build && /build/bin/pip install --no-cache-dir --require-hashes -r requirements/demo.txt
COPY . .
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . && /venv/bin/pip install --no-deps /dist/*.whl

FROM python:3.11-slim
RUN useradd --system --create-home mediabot
COPY --from=build /venv /venv
USER mediabot
WORKDIR /home/mediabot
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8080
# Exec form: SIGTERM must reach the process itself.
CMD ["mediabot", "run"]
