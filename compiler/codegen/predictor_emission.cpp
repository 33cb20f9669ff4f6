#include "compiler/codegen/predictor_emission.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Intrinsics.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include "compiler/codegen/counted_loop.h"
#include "compiler/codegen/predictor_formulas.h"
#include "compiler/codegen/predictor_link.h"

namespace mlw::codegen {
namespace {

class PredictorEmission {
 public:
  PredictorEmission(llvm::Module& module, const PredictorPlan& plan, const std::string& name)
      : builder_(module.getContext()), plan_(plan), function_(declare(module, name)) {
    parameters_ = named(0, "parameters");
    fields_ = named(1, "fields");
    missing_ = named(2, "missing");
    scores_ = named(3, "scores");
    decision_ = named(4, "decision");
    scratch_ = named(5, "scratch");
  }

  llvm::Function* emit() {
    builder_.SetInsertPoint(block("entry"));
    no_answer_ = block("no_answer");
    {
      llvm::IRBuilderBase::InsertPointGuard guard(builder_);
      builder_.SetInsertPoint(no_answer_);
      status_ = builder_.CreatePHI(builder_.getInt32Ty(), 4, "status");
    }
    RecordFields fields(builder_, plan_, fields_, missing_);
    stop_when(fields.malformed(), PredictionStatus::malformed);
    PredictorFormulas formulas(builder_, plan_, fields, parameters_, at(plan_.text_at));
    emit_population(formulas);
    emit_inputs(formulas, fields);
    llvm::Value* raw = emit_model(formulas);
    emit_link(builder_, plan_, raw, scores_);
    stop_when(not_finite(builder_, scores_, plan_.outputs), PredictionStatus::malformed);
    builder_.CreateStore(emit_decision(builder_, plan_, scores_, parameters_), decision_);
    builder_.CreateRet(unseen(formulas, fields));
    emit_no_answer();
    return function_;
  }

 private:
  llvm::Function* declare(llvm::Module& module, const std::string& name) {
    llvm::Type* pointer = builder_.getPtrTy();
    auto* type =
        llvm::FunctionType::get(builder_.getInt32Ty(), {pointer, pointer, pointer, pointer, pointer, pointer}, false);
    auto* function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
    for (llvm::Argument& argument : function->args()) argument.addAttr(llvm::Attribute::NoAlias);
    return function;
  }

  llvm::Value* named(unsigned argument, const char* name) {
    llvm::Argument* found = function_->getArg(argument);
    found->setName(name);
    return found;
  }

  llvm::BasicBlock* block(const char* name) { return llvm::BasicBlock::Create(builder_.getContext(), name, function_); }

  llvm::Value* at(int64_t scratch_offset) {
    return builder_.CreateConstGEP1_64(builder_.getInt8Ty(), scratch_, static_cast<uint64_t>(scratch_offset));
  }

  /// Ends with that status and no answer when the condition holds; goes on otherwise.
  void stop_when(llvm::Value* condition, PredictionStatus status) {
    if (const auto* known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isZero()) return;
    llvm::BasicBlock* next = block("next");
    status_->addIncoming(builder_.getInt32(static_cast<uint32_t>(status)), builder_.GetInsertBlock());
    builder_.CreateCondBr(condition, no_answer_, next,
                          llvm::MDBuilder(builder_.getContext()).createBranchWeights(1, 1000));
    builder_.SetInsertPoint(next);
  }

  void emit_population(PredictorFormulas& formulas) {
    if (!plan_.population.formula) return;
    const LiftedValue belongs = formulas.emit(plan_.population);
    stop_when(formulas.failed(), PredictionStatus::malformed);
    stop_when(builder_.CreateNot(builder_.CreateAnd(belongs.value, belongs.valid)),
              PredictionStatus::outside_population);
  }

  bool gathered() const { return !plan_.layers.empty() && plan_.layers[0].form == DenseForm::gathered; }

  /// All inputs of the model at `features_at`; positions of indicators are kept for a gathered layer.
  void emit_inputs(PredictorFormulas& formulas, RecordFields& fields) {
    llvm::Value* features = at(plan_.features_at);
    if (!gathered()) {
      const auto bytes = 4 * static_cast<uint64_t>(padded(plan_.width));
      if (has_indicators())
        builder_.CreateMemSet(features, builder_.getInt8(0), bytes, llvm::Align(64));
      else if (padded(plan_.width) > plan_.width)
        builder_.CreateMemSet(float_at(features, plan_.width), builder_.getInt8(0),
                              bytes - 4 * static_cast<uint64_t>(plan_.width), llvm::Align(4));
    }
    llvm::Value* lacking = fields.lacks_required();
    for (const InputGroup& group : plan_.inputs) {
      if (const auto* indicator = std::get_if<IndicatorGroup>(&group)) {
        const LiftedValue position = formulas.emit(indicator->position);
        lacking = builder_.CreateOr(lacking, builder_.CreateNot(position.valid));
        positions_.push_back(position.value);
        if (!gathered()) mark(features, *indicator, position.value);
        continue;
      }
      const auto& feature = std::get<FeatureGroup>(group);
      const LiftedValue values = formulas.emit(feature);
      lacking = builder_.CreateOr(lacking, any(builder_.CreateNot(values.valid)));
      builder_.CreateAlignedStore(without_first(values.value, feature.repeated),
                                  float_at(features, feature.begin + feature.repeated), llvm::Align(4));
    }
    stop_when(formulas.failed(), PredictionStatus::malformed);
    stop_when(lacking, PredictionStatus::missing_value);
  }

  /// The lanes behind the first ones, then zeros: places of inputs that are yet to come. Stores that meet would keep
  /// what is stored from being read at once.
  llvm::Value* without_first(llvm::Value* values, int lanes) {
    if (lanes == 0) return values;
    llvm::SmallVector<int> mask;
    const auto* type = llvm::cast<llvm::FixedVectorType>(values->getType());
    for (unsigned i = 0; i < type->getNumElements(); ++i) mask.push_back(static_cast<int>(i) + lanes);
    return builder_.CreateShuffleVector(values, llvm::Constant::getNullValue(values->getType()), mask);
  }

  bool has_indicators() const {
    for (const InputGroup& group : plan_.inputs)
      if (std::holds_alternative<IndicatorGroup>(group)) return true;
    return false;
  }

  llvm::Value* any(llvm::Value* lanes) {
    return lanes->getType()->isVectorTy() ? builder_.CreateOrReduce(lanes) : lanes;
  }

  llvm::Value* float_at(llvm::Value* base, int64_t index) {
    return builder_.CreateConstGEP1_64(builder_.getFloatTy(), base, static_cast<uint64_t>(index));
  }

  /// A 1 at the position; a position that is no column goes to a place behind all inputs.
  void mark(llvm::Value* features, const IndicatorGroup& indicator, llvm::Value* position) {
    llvm::Value* inside = builder_.CreateICmpULT(position, builder_.getInt64(static_cast<uint64_t>(indicator.width)));
    llvm::Value* place = builder_.CreateSelect(
        inside, builder_.CreateAdd(position, builder_.getInt64(static_cast<uint64_t>(indicator.begin))),
        builder_.getInt64(static_cast<uint64_t>(padded(plan_.width))));
    builder_.CreateStore(llvm::ConstantFP::get(builder_.getFloatTy(), 1),
                         builder_.CreateGEP(builder_.getFloatTy(), features, place));
  }

  /// Where the raw outputs lie.
  llvm::Value* emit_model(PredictorFormulas& formulas) {
    llvm::Value* raw = at(plan_.hidden_at[0]);
    if (plan_.outputs_constant >= 0) {
      builder_.CreateMemCpy(
          raw, llvm::Align(4),
          builder_.CreateConstGEP1_64(builder_.getInt8Ty(), parameters_, static_cast<uint64_t>(plan_.outputs_constant)),
          llvm::Align(4), 4 * static_cast<uint64_t>(plan_.outputs));
    } else if (plan_.rule.formula) {
      const LiftedValue rule = formulas.emit(plan_.rule);
      stop_when(formulas.failed(), PredictionStatus::malformed);
      builder_.CreateStore(builder_.CreateUIToFP(builder_.CreateAnd(rule.value, rule.valid), builder_.getFloatTy()),
                           raw);
    } else {
      raw = at(plan_.features_at);
      for (size_t i = 0; i < plan_.layers.size(); ++i) {
        llvm::Value* output = at(plan_.hidden_at[i % 2]);
        if (plan_.layers[i].form == DenseForm::gathered)
          emit_gathered(output);
        else
          emit_dense(builder_, plan_.layers[i], parameters_, raw, output);
        raw = output;
      }
    }
    return raw;
  }

  void emit_gathered(llvm::Value* output) {
    GatheredLayer layer(builder_, plan_.layers[0], parameters_, at(plan_.lanes_at));
    layer.begin();
    size_t indicators = 0;
    for (const InputGroup& group : plan_.inputs)
      if (const auto* indicator = std::get_if<IndicatorGroup>(&group)) {
        layer.add_indicator(indicator->begin, indicator->width, positions_[indicators++]);
      } else {
        const auto& feature = std::get<FeatureGroup>(group);
        const int begin = feature.begin + feature.repeated;
        layer.add_numbers(begin, feature.lanes - feature.repeated, float_at(at(plan_.features_at), begin));
      }
    layer.finish(output);
  }

  llvm::Value* unseen(PredictorFormulas& formulas, RecordFields& fields) {
    llvm::Value* unseen = builder_.getFalse();
    for (size_t field = 0; field < plan_.category_tables.size(); ++field) {
      if (plan_.category_tables[field] < 0) continue;
      const TextValue text = fields.text(static_cast<int>(field));
      llvm::Value* position = formulas.position(text, plan_.category_tables[field]);
      llvm::Value* unknown = builder_.CreateICmpSLT(position, builder_.getInt64(0));
      unseen = builder_.CreateOr(unseen, builder_.CreateAnd(text.valid, unknown));
    }
    static_assert(static_cast<int>(PredictionStatus::ok) == 0 &&
                  static_cast<int>(PredictionStatus::unseen_category) == 1);
    return builder_.CreateZExt(unseen, builder_.getInt32Ty());
  }

  void emit_no_answer() {
    builder_.SetInsertPoint(no_answer_);
    if (status_->getNumIncomingValues() == 0) {
      // Nothing can go wrong: the block is not reached, and a node without ways in is not allowed.
      status_->replaceAllUsesWith(builder_.getInt32(0));
      status_->eraseFromParent();
      builder_.CreateUnreachable();
      return;
    }
    llvm::Value* no_number = builder_.getInt32(0x7fc00000);
    emit_counted_loop(builder_, 0, plan_.outputs, [&](llvm::Value* i) {
      builder_.CreateStore(no_number, builder_.CreateGEP(builder_.getInt32Ty(), scores_, i));
    });
    builder_.CreateStore(builder_.getInt32(static_cast<uint32_t>(-1)), decision_);
    builder_.CreateRet(status_);
  }

  llvm::IRBuilder<> builder_;
  const PredictorPlan& plan_;
  llvm::Function* function_;
  llvm::Value *parameters_, *fields_, *missing_, *scores_, *decision_, *scratch_;
  llvm::BasicBlock* no_answer_ = nullptr;
  llvm::PHINode* status_ = nullptr;
  std::vector<llvm::Value*> positions_;  ///< of the indicators, in the order of the inputs
};

}  // namespace

llvm::Function* emit_predictor(llvm::Module& module, const PredictorPlan& plan, const std::string& name) {
  return PredictorEmission(module, plan, name).emit();
}

}  // namespace mlw::codegen
