# SPDX-License-Identifier: GPL-3.0-or-later

SWIFT ?= swift
# What is shipped. Swift's standard library goes into the programs, so that they run where there is no
# Swift. The client is linked with the C library, too: it starts in half the time (BENCHMARKS.md).
# Only the link differs, so both are built in one folder, from the same objects. It is not .build:
# `swift test` keeps that locked while its tests run, and they build these.
# The same sources give the same bytes: without the compiler's notes for its next run, which differ
# from run to run, without the place of the checkout, and without symbols, which have that, too.
BUILD_SHIPPED := SMCONTROL_STATIC_CLIENT=1 $(SWIFT) build -c release --scratch-path .build-release \
  --static-swift-stdlib -Xswiftc -cross-module-optimization -Xlinker -s \
  -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
  -Xcc '-ffile-prefix-map=$(CURDIR)=.'
SHIPPED := .build-release/release/smcontrol .build-release/release/smcontrold
PREFIX ?= /usr/local
# Where zsh searches for completions, below PREFIX; Debian's package has its own place.
ZSH_COMPLETIONS ?= share/zsh/site-functions
# The programs to install.
PROGRAMS ?= smcontrol smcontrold
# What is installed with each, as PLACE-BELOW-PREFIX:FILE; the programs come from the release build.
PAGES_smcontrol := $(filter-out man/smcontrold.8,$(wildcard man/*.[1-9]))
PAGES_smcontrold := man/smcontrold.8
INSTALLED_smcontrol := $(foreach schema,$(wildcard Schemas/*.json),share/smcontrol/schemas/$(notdir $(schema)):$(schema)) \
  $(foreach file,$(wildcard Packaging/monitoring/*),share/smcontrol/monitoring/$(notdir $(file)):$(file)) \
  share/bash-completion/completions/smcontrol:completions/smcontrol.bash \
  $(ZSH_COMPLETIONS)/_smcontrol:completions/_smcontrol \
  share/fish/vendor_completions.d/smcontrol.fish:completions/smcontrol.fish
INSTALLED := $(foreach program,$(PROGRAMS),$(INSTALLED_$(program)) \
  $(foreach page,$(PAGES_$(program)),share/man/man$(subst .,,$(suffix $(page)))/$(notdir $(page)):$(page)))
# Where Swift code of ours is.
SOURCES := Package.swift Sources Tests Benchmarks

.PHONY: all static deb rpm debian demo test examples docs differential fuzz soak bench check screenshots \
  generate install uninstall clean help

all: ## build the release programs
	@Scripts/install-dependencies build
	@$(BUILD_SHIPPED) --product smcontrol
	@$(BUILD_SHIPPED) --product smcontrold

static: ## build only the client, which needs no library of the machine it runs on
	@Scripts/install-dependencies build
	@$(BUILD_SHIPPED) --product smcontrol

# Whatever has been built is installed as it is: root need not have a compiler.
$(SHIPPED):
	@Scripts/install-dependencies build
	@$(BUILD_SHIPPED) --product $(@F)

install: $(addprefix .build-release/release/,$(PROGRAMS)) ## install programs, manuals and completions below DESTDIR and PREFIX
	@for program in $(PROGRAMS); do \
	  install -D -m 0755 ".build-release/release/$$program" \
	    "$(DESTDIR)$(PREFIX)/sbin/$$program" || exit; \
	done
	@for pair in $(INSTALLED); do \
	  install -D -m 0644 "$${pair#*:}" "$(DESTDIR)$(PREFIX)/$${pair%%:*}" || exit; \
	done

uninstall: ## remove what install has installed, with the same DESTDIR and PREFIX
	@Scripts/uninstall "$(DESTDIR)$(PREFIX)" $(addprefix sbin/,$(PROGRAMS)) \
	  $(foreach pair,$(INSTALLED),$(firstword $(subst :, ,$(pair))))

deb: all ## build two Debian packages in .build-packages
	@Scripts/install-dependencies build deb
	@Scripts/build-packages deb

rpm: all ## build two RPM packages in .build-packages
	@Scripts/install-dependencies build rpm
	@Scripts/build-packages rpm

debian: static ## test the client in a throw-away Debian with sendmail, as root, in two minutes
	@Scripts/install-dependencies debian
	@Scripts/try-debian $(firstword $(SHIPPED))

# Not the programs that are shipped: these take half the time to build, and the tests need them, too.
demo: ## open the shell on a simulated daemon with a small queue
	@Scripts/install-dependencies build
	@$(SWIFT) build --product smcontrold
	@$(SWIFT) build --product smcontrol
	@Scripts/demo .build/debug/smcontrol .build/debug/smcontrold

test: ## run all tests, also with the real sendmail and of the release programs
	@Scripts/install-dependencies build test deb rpm
	@Scripts/run-tests $(MAKE) --no-print-directory all
	@SMCONTROL_SHIPPED_TESTS=1 Scripts/run-tests $(SWIFT) test --disable-xctest

examples: ## compile and run the examples of the texts from a package outside this one
	@Scripts/install-dependencies build
	@Scripts/try-examples $(SWIFT)

docs: ## build the documentation of the libraries in .build/documentation
	@Scripts/install-dependencies build
	@Scripts/build-docs $(SWIFT)

# How many cases, and the number they are drawn from: the same cases for the same number. RELEASE is the
# code name of another release of Debian than the machine's, whose sendmail is fetched: bullseye has
# 8.15.2, bookworm 8.17.1.9, trixie 8.18.1.
N ?= 2000
RELEASE ?=
SEED ?= $(shell date +%s)

differential: ## compare N random files and requests with the real sendmail
	@Scripts/install-dependencies build test
	@echo 'N=$(N) SEED=$(SEED) RELEASE=$(RELEASE)'
	@SMCONTROL_SENDMAIL_RELEASE='$(RELEASE)' SMCONTROL_DIFFERENTIAL_COUNT='$(N)' SMCONTROL_DIFFERENTIAL_SEED='$(SEED)' \
	  Scripts/run-tests $(SWIFT) test --disable-xctest --filter DifferentialTests

# How long to feed each part.
SECONDS ?= 60

# How many command lines to try the grammar on, for each of its properties.
LINES ?= 100000

fuzz: ## feed the parsers with random bytes, SECONDS each, and the grammar with LINES
	@Scripts/install-dependencies build
	@Scripts/fuzz '$(SECONDS)'
	@echo 'command lines: LINES=$(LINES) SEED=$(SEED)'
	@SMCONTROL_RANDOM_LINES='$(LINES)' SMCONTROL_RANDOM_SEED='$(SEED)' \
	  Scripts/run-tests $(SWIFT) test --disable-xctest --filter RandomLineTests

# How many exchanges, or for how many seconds when that is given.
EXCHANGES ?= 100000
DURATION ?=

soak: ## query a daemon with injected faults by many clients, and check every reply
	@Scripts/install-dependencies build
	@$(SWIFT) build --quiet --build-tests
	@"$$($(SWIFT) build --show-bin-path)/soak" --exchanges '$(EXCHANGES)' \
	  $(if $(DURATION),--seconds '$(DURATION)')

bench: all ## measure the client, smcontrol.pl and a C program
	@Scripts/install-dependencies test bench
	@Scripts/bench $(SHIPPED)

check: ## check formatting, scripts, imports, public declarations and schemas
	@Scripts/install-dependencies build check
	@echo 'format'
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES) || \
	  { echo 'fix it: swift format --in-place --recursive $(SOURCES)'; exit 1; }
	@echo 'shell scripts'
	@Scripts/check-shell
	@echo 'sources'
	@Scripts/check-sources
	@echo 'imports and linkage'
	@Scripts/check-imports
	@description=$$($(SWIFT) package describe) && \
	  printf '%s\n' "$$description" | Scripts/check-linkage
	@echo 'public declarations'
	@Scripts/check-public-api
	@echo 'schemas'
	@Scripts/check-schemas
	@echo 'random bytes'
	@Scripts/fuzz 4
	@echo 'the checks themselves'
	@Scripts/self-test/run

screenshots: ## take the screens of README, docs and manual from real runs
	@Scripts/install-dependencies build test
	@$(SWIFT) build --quiet --product screenshots
	@$(SWIFT) build --quiet --product smcontrol
	@"$$($(SWIFT) build --show-bin-path)/screenshots"

generate: ## write the files that are made from others: two manual pages, and the schemas as source
	@Scripts/install-dependencies build
	@$(SWIFT) build --quiet --product generate
	@"$$($(SWIFT) build --show-bin-path)/generate"

clean: ## remove everything that was built or fetched
	@rm -rf .build .build-bench .build-packages .build-fuzz .build-outside .build-release

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.* ## /\1\t/p' Makefile
