# SPDX-License-Identifier: GPL-3.0-or-later

SWIFT ?= swift
# Swift's standard library goes into the programs, so that they run where there is no Swift.
RELEASE := -c release --static-swift-stdlib
# Where Swift code of ours is.
SOURCES := Package.swift Sources Tests $(wildcard Benchmarks)

.PHONY: all demo test check generate clean help

all: ## build the release programs
	@Scripts/install-dependencies build
	@$(SWIFT) build $(RELEASE) --product smcontrol
	@$(SWIFT) build $(RELEASE) --product smcontrold

demo: all ## show smcontrol at work on a made-up daemon
	@Scripts/demo "$$($(SWIFT) build $(RELEASE) --show-bin-path)"

test: ## run all tests, those with the real sendmail included
	@Scripts/install-dependencies build test
	@$(SWIFT) test --disable-xctest

check: ## look over format, scripts, imports and generated files
	@Scripts/install-dependencies build check
	@echo 'format'
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES) || \
	  { echo 'mend it: swift format --in-place --recursive $(SOURCES)'; exit 1; }
	@echo 'shell scripts'
	@Scripts/check-shell
	@echo 'sources'
	@Scripts/check-sources
	@echo 'imports and linkage'
	@Scripts/check-imports
	@description=$$($(SWIFT) package describe) && \
	  printf '%s\n' "$$description" | Scripts/check-linkage
	@echo 'generated files'
	@Scripts/generate --check
	@echo 'the checks themselves'
	@Scripts/self-test/run

generate: ## write the generated files anew
	@Scripts/generate

clean: ## remove everything that was built or fetched
	@rm -rf .build

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.* ## /\1\t/p' Makefile
