# Pin the base for your own builds: docker build --build-arg PYTHON=python:3.11-slim@sha256:… (docs/deploy.md says how).
ARG PYTHON=python:3.11-slim

FROM ${PYTHON} AS build
WORKDIR /src
# runtime, or observing with the libraries for traces and faults (docs/operate.md).
ARG REQUIREMENTS=runtime
COPY requirements/demo.txt requirements/runtime.txt requirements/observing.txt requirements/
RUN python -m venv --without-pip /venv && pip --python /venv/bin/python install --no-cache-dir --require-hashes -r requirements/${REQUIREMENTS}.txt
# The wheel is built in an environment of its own, so that no build tool ends up in the image.
RUN python -m venv /build && /build/bin/pip install --no-cache-dir --require-hashes -r requirements/demo.txt
COPY . .
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . && pip --python /venv/bin/python install --no-deps /dist/*.whl

FROM ${PYTHON}
# Nothing here installs packages or becomes another user.
RUN useradd --system --create-home mediabot && install --directory --owner=mediabot --group=mediabot /home/mediabot/data \
    && pip uninstall --yes --root-user-action=ignore setuptools wheel pip \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
COPY --from=build /venv /venv
USER mediabot
WORKDIR /home/mediabot
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8080
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8080') + '/healthz', timeout=4)"]
# Exec form: SIGTERM must reach the process itself.
CMD ["mediabot", "run"]
