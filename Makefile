# Each target does the set-up that it needs by itself, once, and says what it is doing meanwhile.
SHELL := /bin/sh
NODE := node_modules/.bin/node
BIN := PATH="$(CURDIR)/node_modules/.bin:$$PATH"
HOSTS ?= 3
SETUP := test/rig/setup

.DEFAULT_GOAL := help
.PHONY: help setup demo test chaos sanitize bench up down crds lint format

help:
	@echo 'make demo          hosts, pools, an image and four machines on this machine; make down ends it'
	@echo 'make up [HOSTS=n]  the rig alone: libvirt hosts, a Kubernetes API, Redis and the operator'
	@echo 'make down          ends what demo or up began, and removes all of it'
	@echo 'make test          all tests, on rigs of their own'
	@echo 'make chaos         every fault, with the invariants that held, and the long tests (over an hour)'
	@echo '                   FAULTS="hosts: .*cut" for some of them; FAULTS=missing for what this commit has no result of'
	@echo 'make bench         the figures, against floors of our own (about 25 minutes); ROWS="3 9" for some of them'
	@echo 'make sanitize      the tests of the binding with the address and thread sanitizers (a part of make chaos)'
	@echo 'make lint          style, types, import direction'
	@echo 'make crds          writes the CRDs and the reference pages anew'

# Debian packages (as root), npm packages with Node 24, the libvirt binding, the control plane
setup:
	@sh $(SETUP)/packages.sh
	@sh $(SETUP)/node.sh
	@sh $(SETUP)/native.sh
	@sh $(SETUP)/controlplane.sh

demo: setup
	@test/rig/rig demo --hosts $(HOSTS)

up: setup
	@test/rig/rig up --hosts $(HOSTS)

# needs no set-up: it ends what is there, also after a failed one
down:
	@if [ -x $(NODE) ]; then test/rig/rig down; else echo 'nothing was set up here, so nothing is up'; fi

test: setup
	@sh test/rig/test.sh

chaos: setup
	@sh test/chaos/run.sh "$$FAULTS"

bench: setup
	@$(NODE) test/bench/main.ts $(ROWS)

sanitize: setup
	@native/sanitize/run.sh

crds:
	@sh $(SETUP)/node.sh
	@$(BIN) npm run --silent crds

lint:
	@sh $(SETUP)/node.sh
	@$(BIN) npm run --silent lint
	@$(BIN) npm run --silent typecheck
	@$(BIN) npm run --silent imports
	@$(BIN) npm run --silent lint:door

format:
	@sh $(SETUP)/node.sh
	@$(BIN) npm run --silent format
