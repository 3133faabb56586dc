FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/sopbot
ENV PATH=/opt/sopbot/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements-build.txt requirements.txt ./
RUN pip install --require-hashes -r requirements-build.txt \
    && pip install --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-build-isolation --no-deps .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --no-create-home sopbot \
    && install -d -o sopbot -g sopbot /data
COPY --from=build /opt/sopbot /opt/sopbot
ENV PATH=/opt/sopbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SOPBOT_HOST=0.0.0.0 \
    DATABASE_URL=sqlite:////data/sopbot.db
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
CMD ["sopbot", "run"]
