#include "compiler/codegen/artefact_module.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/IPO/Internalize.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include <algorithm>
#include <array>

#include "compiler/artefact/artefact.h"
#include "compiler/artefact/device/predictor.h"
#include "compiler/codegen/passes.h"
#include "compiler/codegen/predictor_emission.h"
#include "compiler/codegen/predictor_plan.h"
#include "compiler/codegen/target_machine.h"
#include "compiler/diagnostics/kinds/artefact.h"
#include "compiler/kernel/code_generator.h"

extern "C" {
extern const char mlw_executable_aarch64[], mlw_executable_aarch64_end[];
extern const char mlw_executable_x86_64[], mlw_executable_x86_64_end[];
extern const char mlw_library_aarch64[], mlw_library_aarch64_end[];
extern const char mlw_library_x86_64[], mlw_library_x86_64_end[];
}

namespace mlw::codegen {
namespace {

static_assert(sizeof(mlw_text) == 16 && sizeof(mlw_value) == 16 && sizeof(RawValue) == 16);
static_assert(sizeof(mlw_field) == 16 + 8 + 2 * 16);
static_assert(sizeof(mlw_predictor) == 10 * 8 + 2 * 16);

constexpr std::array<const char*, 4> memory_functions = {"memcpy", "memmove", "memset", "memcmp"};

mlw_kind device_kind(ValueType type) {
  switch (type) {
    case ValueType::number:
      return MLW_NUMBER;
    case ValueType::integer:
      return MLW_INTEGER;
    case ValueType::flag:
      return MLW_FLAG;
    case ValueType::date:
    case ValueType::duration:
      return MLW_DATE;
    default:
      return MLW_TEXT;
  }
}

/// A module that becomes an artefact: the predictor, its parameters, and the run time's functions as far as they are
/// used: those of an executable where code has a fixed place, else those of a library.
class ArtefactModule {
 public:
  ArtefactModule(const PredictorProgram& program, const Target& target, Placement placement, const std::string& name)
      : module(name, context_),
        plan(plan_predictor(program, target)),
        builder(context_),
        program_(program),
        target_(target),
        placement_(placement),
        machine_(make_target_machine(target, placement, Effort::thorough)) {
    prepare_module(module, *machine_);
    predictor_ = emit_predictor(module, plan, "mlw_predict_record");
    predictor_->setLinkage(llvm::GlobalValue::InternalLinkage);
    predictor_->addFnAttr(llvm::Attribute::AlwaysInline);
    llvm::Constant* bytes = llvm::ConstantDataArray::getString(context_, plan.parameters, /*AddNull=*/false);
    parameters_ = constant(bytes, "mlw_parameters");
    parameters_->setAlignment(llvm::Align(ParameterBlock::alignment));
  }

  /// A function of pointers with an entry block at which the builder stands.
  llvm::Function* begin_function(const std::string& function_name, llvm::Type* result, unsigned pointers) {
    const std::vector<llvm::Type*> types(pointers, builder.getPtrTy());
    auto* function = llvm::Function::Create(llvm::FunctionType::get(result, types, false),
                                            llvm::GlobalValue::ExternalLinkage, function_name, module);
    builder.SetInsertPoint(llvm::BasicBlock::Create(context_, "entry", function));
    return function;
  }

  llvm::Value* call_predictor(std::vector<llvm::Value*> arguments) {
    arguments.insert(arguments.begin(), parameters_);
    return builder.CreateCall(predictor_, arguments);
  }

  llvm::GlobalVariable* constant(llvm::Constant* value, const char* constant_name) {
    auto* global = new llvm::GlobalVariable(module, value->getType(), true, llvm::GlobalValue::PrivateLinkage, value,
                                            constant_name);
    global->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
    return global;
  }

  llvm::Constant* word(uint64_t value) { return builder.getInt64(value); }

  /// {bytes, length}, as struct mlw_text.
  llvm::Constant* text(const std::string& value) {
    llvm::Constant* bytes = constant(llvm::ConstantDataArray::getString(context_, value, /*AddNull=*/true), "text");
    return structure({bytes, word(value.size())});
  }

  llvm::Constant* texts(const std::vector<std::string>& values) {
    std::vector<llvm::Constant*> list;
    for (const std::string& value : values) list.push_back(text(value));
    return array(list);
  }

  /// A pointer to the elements; null without any.
  llvm::Constant* array(const std::vector<llvm::Constant*>& elements) {
    if (elements.empty()) return llvm::ConstantPointerNull::get(builder.getPtrTy());
    auto* type = llvm::ArrayType::get(elements[0]->getType(), elements.size());
    return constant(llvm::ConstantArray::get(type, elements), "array");
  }

  llvm::Constant* structure(const std::vector<llvm::Constant*>& members) {
    return llvm::ConstantStruct::getAnon(context_, members);
  }

  /// Links the run time in, makes everything local but `exported`, optimises, and gives the object.
  std::string finish(const std::vector<std::string>& exported) {
    link_run_time();
    const auto keep = [&](const llvm::GlobalValue& value) {
      return std::find(exported.begin(), exported.end(), value.getName()) != exported.end();
    };
    llvm::internalizeModule(module, keep);
    remove_unused();
    optimize(module, *machine_, target_);
    return emit_object(module, *machine_);
  }

 private:
  llvm::LLVMContext context_;

 public:
  llvm::Module module;
  PredictorPlan plan;
  llvm::IRBuilder<> builder;

 private:
  llvm::StringRef run_time_bitcode() const {
    const auto between = [](const char* begin, const char* end) {
      return llvm::StringRef(begin, static_cast<size_t>(end - begin));
    };
    const bool arm = llvm::Triple(target_.triple).getArch() == llvm::Triple::aarch64;
    if (placement_ == Placement::fixed)
      return arm ? between(mlw_executable_aarch64, mlw_executable_aarch64_end)
                 : between(mlw_executable_x86_64, mlw_executable_x86_64_end);
    return arm ? between(mlw_library_aarch64, mlw_library_aarch64_end)
               : between(mlw_library_x86_64, mlw_library_x86_64_end);
  }

  void link_run_time() {
    auto run_time = llvm::parseBitcodeFile({run_time_bitcode(), "device run time"}, context_);
    if (!run_time) stop(llvm::toString(run_time.takeError()));
    (*run_time)->setTargetTriple(module.getTargetTriple());
    (*run_time)->setDataLayout(module.getDataLayout());
    for (llvm::Function& function : **run_time) {
      function.removeFnAttr("target-cpu");
      function.removeFnAttr("target-features");
      function.removeFnAttr("tune-cpu");
    }
    if (llvm::Linker::linkModules(module, std::move(*run_time))) stop("the run time does not fit");
    // The back end may call these where nobody wrote a call.
    std::vector<llvm::GlobalValue*> needed;
    for (const char* function : memory_functions) needed.push_back(module.getFunction(function));
    llvm::appendToCompilerUsed(module, needed);
  }

  void remove_unused() {
    llvm::ModuleAnalysisManager analyses;
    llvm::PassBuilder().registerModuleAnalyses(analyses);
    llvm::GlobalDCEPass().run(module, analyses);
  }

  [[noreturn]] void stop(const std::string& what) const {
    fail(kinds::artefact_not_linked, {{"artefact", program_.name}, {"what", what}});
  }

  const PredictorProgram& program_;
  const Target& target_;
  Placement placement_;
  std::unique_ptr<llvm::TargetMachine> machine_;
  llvm::Function* predictor_ = nullptr;
  llvm::GlobalVariable* parameters_ = nullptr;
};

/// An array of struct mlw_field.
llvm::Constant* device_fields(ArtefactModule& artefact, const PredictorProgram& program) {
  std::vector<llvm::Constant*> fields;
  for (const RawField& field : program.fields) {
    const mlw_kind kind = device_kind(value_type(field.kind));
    const bool words = kind == MLW_FLAG && field.categories.size() == 2;
    fields.push_back(artefact.structure({artefact.text(field.name), artefact.word(kind),
                                         artefact.text(words ? field.categories[0] : ""),
                                         artefact.text(words ? field.categories[1] : "")}));
  }
  return artefact.array(fields);
}

/// Types of the members of the header's struct, as C lays them out, then the mask.
llvm::StructType* record_type(ArtefactModule& artefact, const PredictorProgram& program) {
  llvm::IRBuilderBase& builder = artefact.builder;
  auto* text = llvm::StructType::get(builder.getContext(), {builder.getPtrTy(), builder.getInt64Ty()});
  std::vector<llvm::Type*> members;
  for (const RawField& field : program.fields) {
    switch (record_member(field.kind)) {
      case RecordMember::number:
        members.push_back(builder.getDoubleTy());
        break;
      case RecordMember::integer:
      case RecordMember::date:
        members.push_back(builder.getInt64Ty());
        break;
      case RecordMember::flag:
        members.push_back(builder.getInt32Ty());
        break;
      case RecordMember::text:
        members.push_back(text);
        break;
    }
  }
  const size_t words = std::max<size_t>(1, (program.fields.size() + 63) / 64);
  members.push_back(llvm::ArrayType::get(builder.getInt64Ty(), words));
  return llvm::StructType::get(builder.getContext(), members);
}

/// Raw values and their mask on the stack, out of the header's struct; a text whose bytes are NULL is missing.
struct RawRecord {
  llvm::Value* values;
  llvm::Value* missing;
};
RawRecord unpack(ArtefactModule& artefact, const PredictorProgram& program, llvm::Value* record) {
  llvm::IRBuilderBase& builder = artefact.builder;
  const size_t count = program.fields.size(), words = std::max<size_t>(1, (count + 63) / 64);
  llvm::StructType* type = record_type(artefact, program);
  auto* value_type = llvm::StructType::get(builder.getContext(), {builder.getInt64Ty(), builder.getInt64Ty()});
  RawRecord raw{builder.CreateAlloca(llvm::ArrayType::get(value_type, std::max<size_t>(1, count))),
                builder.CreateAlloca(llvm::ArrayType::get(builder.getInt64Ty(), words))};
  llvm::Value* mask = builder.CreateStructGEP(type, record, static_cast<unsigned>(count));
  std::vector<llvm::Value*> missing;
  for (size_t i = 0; i < words; ++i)
    missing.push_back(
        builder.CreateLoad(builder.getInt64Ty(), builder.CreateConstGEP1_64(builder.getInt64Ty(), mask, i)));
  for (size_t i = 0; i < count; ++i) {
    llvm::Value* member = builder.CreateStructGEP(type, record, static_cast<unsigned>(i));
    llvm::Value* place = builder.CreateConstGEP1_64(value_type, raw.values, i);
    llvm::Type* member_type = type->getElementType(static_cast<unsigned>(i));
    if (!member_type->isStructTy()) {
      llvm::Value* value = builder.CreateLoad(member_type, member);
      if (member_type->isIntegerTy(32)) value = builder.CreateSExt(value, builder.getInt64Ty());
      builder.CreateStore(value, place);
      continue;
    }
    llvm::Value* bytes = builder.CreateLoad(builder.getPtrTy(), builder.CreateStructGEP(member_type, member, 0));
    llvm::Value* length = builder.CreateLoad(builder.getInt64Ty(), builder.CreateStructGEP(member_type, member, 1));
    llvm::Value* bit = builder.CreateShl(builder.CreateZExt(builder.CreateIsNull(bytes), builder.getInt64Ty()),
                                         builder.getInt64(i % 64));
    missing[i / 64] = builder.CreateOr(missing[i / 64], bit);
    builder.CreateStore(bytes, place);
    builder.CreateStore(length, builder.CreateConstGEP1_64(builder.getInt64Ty(), place, 1));
  }
  for (size_t i = 0; i < words; ++i)
    builder.CreateStore(missing[i], builder.CreateConstGEP1_64(builder.getInt64Ty(), raw.missing, i));
  return raw;
}

/// i32 name_predict(record, answer, scratch)
void emit_library_predict(ArtefactModule& artefact, const PredictorProgram& program, const std::string& function_name) {
  llvm::IRBuilderBase& builder = artefact.builder;
  llvm::Function* function = artefact.begin_function(function_name, builder.getInt32Ty(), 3);
  const RawRecord raw = unpack(artefact, program, function->getArg(0));
  llvm::Value* decision = function->getArg(1);
  llvm::Value* scores = builder.CreateConstGEP1_64(builder.getInt32Ty(), decision, 1);
  const uint64_t mask = ParameterBlock::alignment - 1;
  llvm::Value* beyond = builder.CreateConstGEP1_64(builder.getInt8Ty(), function->getArg(2), mask);
  llvm::Value* scratch = builder.CreateIntrinsic(llvm::Intrinsic::ptrmask, {builder.getPtrTy(), builder.getInt64Ty()},
                                                 {beyond, builder.getInt64(~mask)});
  builder.CreateRet(artefact.call_predictor({raw.values, raw.missing, scores, decision, scratch}));
}

}  // namespace

std::string make_device_object(const PredictorProgram& program, const Target& target) {
  ArtefactModule artefact(program, target, Placement::fixed, program.name);
  llvm::IRBuilderBase& builder = artefact.builder;
  llvm::Function* run = artefact.begin_function("mlw_run_record", builder.getInt32Ty(), 5);
  std::vector<llvm::Value*> arguments;
  for (llvm::Argument& argument : run->args()) arguments.push_back(&argument);
  builder.CreateRet(artefact.call_predictor(arguments));

  const bool decides = program.task != TaskKind::regression;
  std::vector<std::string> classes;
  for (const std::string& class_name : program.classes) classes.push_back(csv_field(class_name));
  llvm::Constant* predictor = artefact.structure(
      {artefact.word(MLW_INTERFACE_VERSION), run, artefact.word(static_cast<uint64_t>(artefact.plan.scratch_bytes)),
       artefact.word(program.fields.size()), device_fields(artefact, program),
       artefact.word(program.missing_words.size()), artefact.texts(program.missing_words),
       artefact.word(static_cast<uint64_t>(program.outputs())), artefact.word(decides ? classes.size() : 0),
       artefact.texts(classes), artefact.text(csv_header(program)),
       artefact.text(executable_help(program, target.name))});
  llvm::GlobalVariable* global = artefact.constant(predictor, "mlw_predictor");
  global->setLinkage(llvm::GlobalValue::ExternalLinkage);
  return artefact.finish({"_start"});
}

LibraryObject make_library_object(const PredictorProgram& program, const Target& target, const std::string& name) {
  ArtefactModule artefact(program, target, Placement::any, name);
  llvm::IRBuilderBase& builder = artefact.builder;
  const int64_t scratch_bytes = artefact.plan.scratch_bytes + ParameterBlock::alignment;
  emit_library_predict(artefact, program, name + "_predict");
  artefact.begin_function(name + "_interface_version", builder.getInt32Ty(), 0);
  builder.CreateRet(builder.getInt32(PredictorProgram::interface_version));
  artefact.begin_function(name + "_scratch_bytes", builder.getInt64Ty(), 0);
  builder.CreateRet(builder.getInt64(static_cast<uint64_t>(scratch_bytes)));
  artefact.begin_function(name + "_model_hash", builder.getPtrTy(), 0);
  builder.CreateRet(artefact.text(model_hash(program))->getAggregateElement(0u));
  return {
      artefact.finish({name + "_predict", name + "_interface_version", name + "_scratch_bytes", name + "_model_hash"}),
      scratch_bytes};
}

}  // namespace mlw::codegen
