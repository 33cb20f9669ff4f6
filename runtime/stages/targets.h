#pragma once

#include <optional>

#include "compiler/artefact/devices.h"
#include "compiler/plan/workflow.h"

namespace mlw {

/// The device that a deployment is for; none for a library of this machine. Any other target is a Failure (R425).
std::optional<DeviceProfile> device_of(const Deployment& deployment);

}  // namespace mlw
